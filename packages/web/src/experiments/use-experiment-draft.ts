import { limits } from '@aqueduct/client/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ask } from '../session/ask.ts';
import { failureCode, failureText } from '../session/failure-text.ts';
import { isUnreachable } from '../session/is-unreachable.ts';
import { isReachable, onReachability } from '../session/reachability.ts';
import { holdPageAsking } from '../session/unsaved.ts';
import { ExperimentDraft, type SavedTexts, type Texts } from './experiment-draft.ts';
import { updateTexts } from './generated/operations.ts';
import { type Experiment, noteExperiment, readExperiment } from './use-experiment.ts';

/** After these, too, it may have been done: the database went away, or somebody else than the server answered. */
const NO_ANSWERS: ReadonlySet<string> = new Set(['UNAVAILABLE', 'BAD_ANSWER']);

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
        isLost: (error) => isUnreachable(error) || NO_ANSWERS.has(failureCode(error) ?? ''),
        isGone: (error) => failureCode(error) === 'NOT_FOUND',
        refuse: refuseText,
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
  document.addEventListener('visibilitychange', saveIfHidden);
  const release = holdPageAsking(() => draft.snapshot().state !== 'saved');
  const forget = onReachability(() => {
    if (isReachable()) void draft.flush();
  });
  return () => {
    document.removeEventListener('visibilitychange', saveIfHidden);
    forget();
    void draft.flush().finally(release);
  };
}

function savedTexts({ title, description, version }: Experiment): SavedTexts {
  return { title, description: description ?? '', version };
}

function refuseText(field: keyof Texts, text: string): string | undefined {
  if (field === 'title' && text.trim() === '') return 'Not saved: a title is needed';
  const { length } = [...text];
  const most = { title: limits.titleLength, description: limits.descriptionLength }[field];
  return length > most ? `Not saved: the ${field} has ${length} characters, ${most} are the most` : undefined;
}
