import { ARCHIVED_TAG, FAVOURITE_TAG, isSystemTag } from '@aqueduct/client/protocol';

interface Tagged {
  readonly tags: readonly string[];
}

/** Whether an experiment has its star. */
export function isFavourite({ tags }: Tagged): boolean {
  return tags.includes(FAVOURITE_TAG);
}

/** Whether an experiment is put aside. */
export function isArchived({ tags }: Tagged): boolean {
  return tags.includes(ARCHIVED_TAG);
}

/** The tags that people gave, without those of the system. */
export function ownTags({ tags }: Tagged): string[] {
  return tags.filter((tag) => !isSystemTag(tag));
}
