import { isArchived, ownTags } from '../../experiments/system-marks.ts';

/** What a comparison shows as the tags of an experiment, and compares: a star is not among them. */
export function shownTags(experiment: { readonly tags: readonly string[] }): string[] {
  return [...ownTags(experiment), ...(isArchived(experiment) ? ['archived'] : [])];
}
