/** Tag that marks an experiment as archived; archived ones are left out of lists that do not ask for it. */
export const ARCHIVED_TAG = '__archived__';

/** Tag that marks an experiment as a favourite. */
export const FAVOURITE_TAG = '__favourite__';

/** Whether a tag belongs to the system (`__word__`): always lower case, and not shown among the tags of a page. */
export function isSystemTag(tag: string): boolean {
  return /^__.+__$/.test(tag);
}
