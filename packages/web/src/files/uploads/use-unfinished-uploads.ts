import { receivedOf, type UnfinishedUpload, unfinishedUploads } from '@aqueduct/client/protocol';
import { useQuery } from '@tanstack/react-query';
import { connection } from '../../session/ask.ts';
import { isBeingSent } from './sending-marks.ts';

const LOOK_AGAIN_MS = 5000;

/** An upload that broke off with its page. */
export interface Unfinished extends UnfinishedUpload {
  /** Bytes that the server has. */
  readonly received: number;
}

/** What this browser has begun to upload to an experiment and nobody sends any more. */
export function useUnfinishedUploads(experimentUuid: string) {
  return useQuery({
    queryKey: ['experiment', experimentUuid, 'unfinished uploads'],
    queryFn: async ({ signal }): Promise<readonly Unfinished[]> => {
      const resting = unfinishedUploads(connection, experimentUuid).filter(
        ({ identity }) => !isBeingSent(experimentUuid, identity.name),
      );
      const looked = resting.map(async (upload) => ({
        ...upload,
        received: await receivedOf(connection, upload, signal),
      }));
      return (await Promise.all(looked)).filter(
        (upload): upload is Unfinished => upload.received !== undefined,
      );
    },
    refetchInterval: LOOK_AGAIN_MS,
  });
}
