import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { tellFailure } from '../../ui/tell.ts';
import { namesOfFiles } from '../use-files.ts';
import { uploadQueue } from './page-uploads.ts';
import type { NamedFile } from './use-incoming-files.ts';

interface Asked {
  readonly isReplacing: boolean;
  readonly file: NamedFile;
}

/** Uploads files, and asks first where some of the names are there already. */
export function useUpload(experimentUuid: string) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<readonly Asked[]>([]);
  return {
    /** Those that would be replaced, once that is to be decided. */
    replaced: asked.filter(({ isReplacing }) => isReplacing).map(({ file }) => file),
    async upload(files: readonly NamedFile[]) {
      const names = await namesOfFiles(client, experimentUuid).catch(() => undefined);
      if (!names)
        return tellFailure(
          'Nothing is uploaded yet',
          'The list of files can not be read now, so it is not known what would be replaced. Try again in a while.',
        );
      if (files.some(({ name }) => names.has(name))) {
        const added = files.map((file) => ({ isReplacing: names.has(file.name), file }));
        setAsked((before) => [...before, ...added]);
      } else uploadQueue.add(experimentUuid, files);
    },
    decide(choice: 'replace' | 'skip' | 'cancel') {
      setAsked([]);
      const chosen =
        choice === 'cancel' ? [] : asked.filter(({ isReplacing }) => choice === 'replace' || !isReplacing);
      if (chosen.length > 0)
        uploadQueue.add(
          experimentUuid,
          chosen.map(({ file }) => file),
        );
    },
  };
}
