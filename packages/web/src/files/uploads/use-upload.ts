import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { tellFailure } from '../../ui/tell.ts';
import { namesOfFiles } from '../use-files.ts';
import { uploadQueue } from './page-uploads.ts';
import type { NamedFile } from './use-incoming-files.ts';

/** More names fit into no message. */
const MOST_NAMES = 5;

/** Uploads files, and asks first about those whose names are there already. */
export function useUpload(experimentUuid: string, eid: string) {
  const client = useQueryClient();
  const [replaced, setReplaced] = useState<readonly NamedFile[]>([]);
  const isShown = useRef(false);
  const leave = useEffectEvent(() => {
    if (replaced.length > 0) tellUndecided(eid, replaced);
  });
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
      leave();
    };
  }, []);
  return {
    /** Those that would be replaced, once that is to be decided. */
    replaced,
    async upload(files: readonly NamedFile[]) {
      const names = await namesOfFiles(client, experimentUuid).catch(() => undefined);
      if (!names)
        return tellFailure(
          'Nothing is uploaded yet',
          'The list of files can not be read now, so it is not known what would be replaced. Try again in a while.',
        );
      const added = files.filter(({ name }) => !names.has(name));
      const replacing = files.filter(({ name }) => names.has(name));
      if (added.length > 0) uploadQueue.add(experimentUuid, added);
      if (replacing.length === 0) return;
      if (isShown.current) setReplaced((before) => [...before, ...replacing]);
      else tellUndecided(eid, replacing);
    },
    decide(choice: 'replace' | 'leave out') {
      setReplaced([]);
      if (choice === 'replace') uploadQueue.add(experimentUuid, replaced);
    },
  };
}

/** The page with the question is gone. */
function tellUndecided(eid: string, files: readonly NamedFile[]): void {
  const names = files.map(({ name }) => name);
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  tellFailure(
    names.length === 1 ? 'A file was not uploaded' : `${names.length} files were not uploaded`,
    `${eid} has ${names.slice(0, MOST_NAMES).join(', ')}${more} already, and its page was left before you decided whether to replace that. Open it and choose again.`,
  );
}
