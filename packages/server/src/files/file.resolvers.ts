import type { Context } from '../access/context.ts';
import type { Experiment } from '../experiments/experiment.ts';
import { findFiles } from './find-files.ts';

/** What GraphQL asks of this room. */
export const fileResolvers = {
  ExperimentData: {
    files: (experiment: Experiment, _: unknown, { ctx }: { ctx: Context }) => findFiles(ctx, experiment),
  },
};
