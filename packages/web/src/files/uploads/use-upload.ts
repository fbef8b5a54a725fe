import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { tellFailure } from '../../ui/tell.ts';
import { visibleName } from '../../ui/visible-name.ts';
import { namesOfFiles } from '../use-files.ts';
import { nameFault } from './name-fault.ts';
import { uploadQueue } from './page-uploads.ts';
import { isOpen } from './upload-queue.ts';
import type { NamedFile } from './use-incoming-files.ts';

/** More names fit into no message. */
const MOST_NAMES = 5;

/** Uploads files, and asks first about those whose names are taken: by files that are there, or on their way. */
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
    async upload(chosen: readonly NamedFile[]) {
      const files = chosen.filter(({ name }) => nameFault(name) === undefined);
      if (files.length < chosen.length) tellMisnamed(chosen);
      if (files.length === 0) return;
      // What is sent now may be there by then, and stand in neither.
      const sentBefore = namesOnTheirWay(experimentUuid);
      const names = await namesOfFiles(client, experimentUuid).catch(() => undefined);
      if (!names)
        return tellFailure(
          'Nothing is uploaded yet',
          'The list of files can not be read now, so it is not known what would be replaced. Try again in a while.',
        );
      const taken = names.union(sentBefore).union(namesOnTheirWay(experimentUuid));
      const added: NamedFile[] = [];
      const replacing: NamedFile[] = [];
      for (const file of files) {
        (taken.has(file.name) ? replacing : added).push(file);
        taken.add(file.name);
      }
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

function namesOnTheirWay(experimentUuid: string): Set<string> {
  const open = uploadQueue
    .snapshot()
    .filter((upload) => upload.experimentUuid === experimentUuid && isOpen(upload));
  return new Set(open.map(({ name }) => name));
}

function tellMisnamed(files: readonly NamedFile[]): void {
  const faults = files.flatMap(({ name }) => {
    const fault = nameFault(name);
    return fault === undefined ? [] : [`“${visibleName(name)}” ${fault}.`];
  });
  const more = faults.length > MOST_NAMES ? ` The same goes for ${faults.length - MOST_NAMES} more.` : '';
  tellFailure(
    faults.length === 1 ? 'A name can not be kept' : `${faults.length} names can not be kept`,
    `${faults.slice(0, MOST_NAMES).join(' ')}${more} Not uploaded: rename and choose again.`,
  );
}

/** The page with the question is gone. */
function tellUndecided(eid: string, files: readonly NamedFile[]): void {
  const names = files.map(({ name }) => visibleName(name));
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  tellFailure(
    names.length === 1 ? 'A file was not uploaded' : `${names.length} files were not uploaded`,
    `${eid} has ${names.slice(0, MOST_NAMES).join(', ')}${more} already, and its page was left before you decided whether to replace that. Open it and choose again.`,
  );
}
