import { receivedOf, type UnfinishedUpload, unfinishedUploads } from '@aqueduct/client/protocol';
import { useQuery } from '@tanstack/react-query';
import { connection } from '../../session/ask.ts';
import { isBeingSent } from './being-sent.ts';

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
      const looked = unfinishedUploads(connection, experimentUuid).map(async (upload) => {
        if (await isBeingSent(experimentUuid, upload.identity.name)) return undefined;
        const received = await receivedOf(connection, upload, signal);
        return received === undefined ? undefined : { ...upload, received };
      });
      return (await Promise.all(looked)).filter((upload) => upload !== undefined);
    },
    refetchInterval: LOOK_AGAIN_MS,
  });
}
