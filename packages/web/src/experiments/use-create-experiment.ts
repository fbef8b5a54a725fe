import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { askOnce } from '../session/ask.ts';
import { tellFailed } from '../session/failure-text.ts';
import { createExperiment } from './generated/operations.ts';
import { LISTS_KEY } from './use-experiments.ts';

/** Makes an experiment and opens it. */
export function useCreateExperiment() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => askOnce(createExperiment, { title: 'New Experiment' }),
    onSuccess: async ({ createExperiment: { eid } }) => {
      void client.invalidateQueries({ queryKey: LISTS_KEY });
      await navigate({ to: '/aqd/experiments/$id', params: { id: eid } });
    },
    onError: (error) => tellFailed('make an experiment', error),
  });
}
