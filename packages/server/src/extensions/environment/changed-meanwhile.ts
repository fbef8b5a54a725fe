import { AqueductError } from '../../platform/errors/aqueduct-error.ts';

/**
 * Fails a build during which the files that it was made for were changed: nobody knows which text of them was read.
 *
 * @param files - Their names, as the sentence begins with them.
 */
export function changedMeanwhile(files: string): AqueductError {
  return new AqueductError(
    'UNAVAILABLE',
    `The ${files} of this extension was changed while its environment was built; run the action again.`,
  );
}
