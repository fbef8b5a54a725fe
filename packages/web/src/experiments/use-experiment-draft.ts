import { limits } from '@aqueduct/client/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ask } from '../session/ask.ts';
import { failureCode, failureText } from '../session/failure-text.ts';
import { isReachable, onReachability } from '../session/reachability.ts';
import { ExperimentDraft, type SavedTexts, type Texts } from './experiment-draft.ts';
import { updateTexts } from './generated/operations.ts';
import { type Experiment, noteExperiment, readExperiment } from './use-experiment.ts';

/** The texts of an experiment as they are written on its page, saved as they are. */
export function useExperimentDraft(experiment: Experiment) {
  const client = useQueryClient();
  const [draft] = useState(
    () =>
      new ExperimentDraft(savedTexts(experiment), {
        save: async ({ title, description }, version) => {
          const { updateExperiment } = await ask(updateTexts, {
            uuid: experiment.uuid,
            input: {
              title,
              description,
              version,
              ...(description === '' ? { clear: ['DESCRIPTION'] } : {}),
            },
          });
          noteExperiment(client, updateExperiment);
          return savedTexts(updateExperiment);
        },
        load: async () => savedTexts(await readExperiment(experiment.uuid)),
        isConflict: (error) => failureCode(error) === 'CONFLICT',
        refuse: refuseTexts,
        explain: failureText,
      }),
  );
  useEffect(() => draft.adopt(savedTexts(experiment)), [draft, experiment]);
  useEffect(() => saveInTime(draft), [draft]);
  return { draft, ...useSyncExternalStore(draft.subscribe, draft.snapshot) };
}

/** Saves when the page is left or hidden, and when the server is back; asks before what is not saved is lost. */
function saveInTime(draft: ExperimentDraft): () => void {
  const saveIfHidden = () => {
    if (document.visibilityState === 'hidden') void draft.flush();
  };
  const warn = (event: BeforeUnloadEvent) => {
    if (draft.snapshot().state !== 'saved') event.preventDefault();
  };
  document.addEventListener('visibilitychange', saveIfHidden);
  window.addEventListener('beforeunload', warn);
  const forget = onReachability(() => {
    if (isReachable()) void draft.flush();
  });
  return () => {
    document.removeEventListener('visibilitychange', saveIfHidden);
    forget();
    void draft.flush().finally(() => window.removeEventListener('beforeunload', warn));
  };
}

function savedTexts({ title, description, version }: Experiment): SavedTexts {
  return { title, description: description ?? '', version };
}

function refuseTexts({ title, description }: Texts): string | undefined {
  if (title.trim() === '') return 'Not saved: a title is needed';
  const tooLong = [
    { what: 'title', length: [...title].length, most: limits.titleLength },
    { what: 'description', length: [...description].length, most: limits.descriptionLength },
  ].find(({ length, most }) => length > most);
  if (!tooLong) return undefined;
  const { what, length, most } = tooLong;
  return `Not saved: the ${what} has ${length} characters, ${most} are the most`;
}
