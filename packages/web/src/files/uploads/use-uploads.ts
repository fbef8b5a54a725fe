import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useRef, useSyncExternalStore } from 'react';
import { refreshFiles } from '../use-files.ts';
import { uploadQueue } from './page-uploads.ts';
import { isOpen, type Upload } from './upload-queue.ts';

/** With 200 small files, not each has to show at once. */
const REFRESH_EVERY_MS = 500;

/**
 * The uploads of an experiment; its list of files is read again as they arrive.
 *
 * @param onArrival - called once all have come to their end, with the first that arrived.
 */
export function useUploads(experimentUuid: string, onArrival: (name: string) => void): readonly Upload[] {
  const client = useQueryClient();
  const all = useSyncExternalStore(uploadQueue.subscribe, uploadQueue.snapshot);
  const uploads = useMemo(
    () => all.filter((upload) => upload.experimentUuid === experimentUuid),
    [all, experimentUuid],
  );
  const isBusy = uploads.some(isOpen);
  const first = uploads.find(({ state }) => state === 'done')?.name;

  useEffect(() => {
    if (!isBusy) return;
    // Where a reading takes longer than the interval, each would end the one before, and none would ever be done.
    const refresh = () => void refreshFiles(client, experimentUuid, { cancelRefetch: false });
    const timer = setInterval(refresh, REFRESH_EVERY_MS);
    return () => clearInterval(timer);
  }, [client, experimentUuid, isBusy]);

  const wasBusy = useRef(false);
  const arrive = useEffectEvent(async () => {
    await refreshFiles(client, experimentUuid);
    if (first !== undefined) onArrival(first);
  });
  useEffect(() => {
    if (wasBusy.current && !isBusy) void arrive();
    wasBusy.current = isBusy;
  }, [isBusy]);
  return uploads;
}
