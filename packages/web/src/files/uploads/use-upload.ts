import { useState } from 'react';
import type { ListedFile } from '../use-files.ts';
import { uploadQueue } from './upload-queue.ts';
import type { NamedFile } from './use-incoming-files.ts';

/** Uploads files, and asks first where some of the names are there already. */
export function useUpload(experimentUuid: string, present: readonly ListedFile[]) {
  const [asked, setAsked] = useState<readonly NamedFile[]>([]);
  const known = new Set(present.map(({ name }) => name));
  const isNew = ({ name }: NamedFile) => !known.has(name);
  return {
    /** Those that would be replaced, once that is to be decided. */
    replaced: asked.filter((file) => !isNew(file)),
    upload(files: readonly NamedFile[]) {
      if (files.every(isNew)) uploadQueue.add(experimentUuid, files);
      else setAsked(files);
    },
    decide(choice: 'replace' | 'skip' | 'cancel') {
      setAsked([]);
      const chosen = choice === 'replace' ? asked : choice === 'skip' ? asked.filter(isNew) : [];
      if (chosen.length > 0) uploadQueue.add(experimentUuid, chosen);
    },
  };
}
