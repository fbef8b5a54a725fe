import { useMutation, useQueryClient } from '@tanstack/react-query';
import { tellFailed } from '../session/failure-text.ts';
import { type Experiment, noteExperiment } from './use-experiment.ts';

/**
 * A change of an experiment that is shown as soon as it is made.
 *
 * @param what - completes "Could not …".
 */
export function useChange<Wish>(what: string, change: (wish: Wish) => Promise<Experiment>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (experiment) => noteExperiment(client, experiment),
    onError: (error) => tellFailed(what, error),
  });
}
