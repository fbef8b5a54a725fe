import { checkInteger, checkText, show } from './check-arguments.ts';
import { checkOptions, type OptionChecks } from './check-options.ts';
import { InvalidArgumentError } from './errors/errors.ts';
import type { ExperimentText, ExperimentUpdateInput } from './generated/operations.ts';

/** What {@link Experiment.update} changes; what is not given stays. Something must be given. */
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

const updateChecks: OptionChecks<ExperimentUpdate> = {
  title: checkText,
  description: checkText,
  clear: checkClear,
  version: checkInteger(0),
};

/** In the contract empty texts change nothing; here they say what they look like. */
export function updateInputOf(changes: ExperimentUpdate): ExperimentUpdateInput {
  checkOptions('changes', changes, updateChecks);
  const { title, description, clear = [], version } = changes;
  if (title === undefined && description === undefined && clear.length === 0) {
    // The server would note a change all the same.
    throw new InvalidArgumentError('changes must have a title, a description or something to clear.');
  }
  const emptied = new Set<ExperimentText>(clear.map((text) => CLEARABLE[text]));
  if (title === '') emptied.add('TITLE');
  if (description === '') emptied.add('DESCRIPTION');
  if ((title && emptied.has('TITLE')) || (description && emptied.has('DESCRIPTION'))) {
    throw new InvalidArgumentError('A text can not be given and cleared in one update.');
  }
  return { title: title || undefined, description: description || undefined, clear: [...emptied], version };
}

function checkClear(name: string, value: unknown): void {
  if (!Array.isArray(value))
    throw new InvalidArgumentError(`${name} must be a list like ["title"], not ${show(value)}.`);
  for (const text of value) {
    if (typeof text !== 'string' || !Object.hasOwn(CLEARABLE, text))
      throw new InvalidArgumentError(`${name} takes "title" and "description", not ${show(text)}.`);
  }
}
