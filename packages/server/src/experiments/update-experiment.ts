import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { noteForSearch } from '../platform/database/search-index.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { updateTexts } from './experiment.queries.ts';
import type { Experiment } from './experiment.ts';
import { requireDescription, requireTitle, searchText } from './experiment-rules.ts';
import { findChanging } from './find-changing.ts';
import { reloadExperiment } from './reload-experiment.ts';

export interface ExperimentUpdate {
  /** Absent, null or empty: stays. */
  title?: string | null;
  /** Absent, null or empty: stays. */
  description?: string | null;
  /** Texts to empty. */
  clear?: readonly ('TITLE' | 'DESCRIPTION')[] | null;
  /** The version that the change started from. */
  version?: number | null;
}

/** Changes title and description; `updatedAt` moves even when nothing is given. */
export async function updateExperiment(
  ctx: Context,
  uuid: string,
  update: ExperimentUpdate,
): Promise<Experiment> {
  requireExperimentRight(ctx.viewer, 'edit');
  requireTitle(update.title ?? '');
  requireDescription(update.description ?? '');
  const clear = update.clear ?? [];
  requireOneWish('title', update.title, clear.includes('TITLE'));
  requireOneWish('description', update.description, clear.includes('DESCRIPTION'));

  await ctx.write(async (tx) => {
    const old = await findChanging(ctx, tx, uuid);
    if (update.version != null && update.version !== old.version) {
      throw new AqueductError(
        'CONFLICT',
        `Experiment ${old.eid} was changed meanwhile: it has version ${old.version}, your change started from ` +
          `${update.version}. Read it again and repeat your change.`,
      );
    }
    const title = clear.includes('TITLE') ? '' : update.title || old.title;
    const description = clear.includes('DESCRIPTION') ? '' : update.description || old.description;
    const text = searchText(title, old.eid);
    const textChange = title === old.title && description === old.description ? 0 : 1;
    await tx.run(updateTexts, {
      id: old.id,
      title,
      description,
      searchText: text,
      updatedAt: ctx.clock.now(),
      textChange,
    });
    if (text !== old.searchText) await noteForSearch(tx, old.id);
    await tx.appendEvent('experiment.changed', uuid);
  });
  return reloadExperiment(ctx, uuid);
}

function requireOneWish(field: string, text: string | null | undefined, cleared: boolean): void {
  if (text && cleared) {
    throw new AqueductError(
      'BAD_INPUT',
      `The ${field} is given and to be cleared; leave one of the two out.`,
    );
  }
}
