import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { findExtensions } from './find-extensions.ts';

interface WithContext {
  readonly ctx: Context;
}

export const extensionResolvers = {
  Query: {
    extensions: async (_: unknown, __: unknown, { ctx }: WithContext) => (await listed(ctx)).extensions,
    extensionProblems: async (_: unknown, __: unknown, { ctx }: WithContext) => (await listed(ctx)).problems,
  },
};

function listed(ctx: Context): ReturnType<typeof findExtensions> {
  requireExperimentRight(ctx.viewer, 'view');
  return findExtensions(ctx);
}
