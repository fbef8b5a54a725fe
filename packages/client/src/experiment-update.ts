import { checkInteger, checkText, show } from './check-arguments.ts';
import { InvalidArgumentError } from './errors/errors.ts';
import type { ExperimentText, ExperimentUpdateInput } from './generated/operations.ts';

/** What {@link Experiment.update} changes; what is not given stays. */
export interface ExperimentUpdate {
  /** At most 256 characters; the empty text empties the title. */
  readonly title?: string | undefined;
  /** Markdown, at most 5000 characters; the empty text empties the description. */
  readonly description?: string | undefined;
  /** Texts to empty: another way to give them as empty texts. */
  readonly clear?: readonly ('title' | 'description')[] | undefined;
  /**
   * The `version` of the snapshot this change was made from. If someone has changed title or description since then,
   * nothing is changed, and the error has the code `CONFLICT`.
   */
  readonly version?: number | undefined;
}

const CLEARABLE = { title: 'TITLE', description: 'DESCRIPTION' } as const satisfies Record<
  string,
  ExperimentText
>;

/** In the contract empty texts change nothing; here they say what they look like. */
export function updateInputOf({
  title,
  description,
  clear = [],
  version,
}: ExperimentUpdate): ExperimentUpdateInput {
  if (title !== undefined) checkText('title', title);
  if (description !== undefined) checkText('description', description);
  if (version !== undefined) checkInteger('version', version, 0);
  const emptied = new Set<ExperimentText>();
  for (const text of clear) {
    if (!Object.hasOwn(CLEARABLE, text)) {
      throw new InvalidArgumentError(`clear takes "title" and "description", not ${show(text)}.`);
    }
    emptied.add(CLEARABLE[text]);
  }
  if (title === '') emptied.add('TITLE');
  if (description === '') emptied.add('DESCRIPTION');
  if ((title && emptied.has('TITLE')) || (description && emptied.has('DESCRIPTION'))) {
    throw new InvalidArgumentError('A text can not be given and cleared in one update.');
  }
  return { title: title || undefined, description: description || undefined, clear: [...emptied], version };
}
