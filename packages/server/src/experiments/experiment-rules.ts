import { isSystemTag, limits } from '@aqueduct/contract';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { foldText } from '../platform/fold-text.ts';

/** The texts of the contract's refusals are fixed, the blank at an end included. */
export function requireTitle(title: string, most: number = limits.titleLength): void {
  if (isLonger(title, most)) refuse(`Title should be maximum ${most} characters long.`);
  requireStorable('title', title);
}

export function requireDescription(description: string): void {
  if (isLonger(description, limits.descriptionLength)) {
    refuse(`Description should be maximum ${limits.descriptionLength} characters long.`);
  }
  requireStorable('description', description);
}

/** Checks one tag: emptiness, length, characters. */
export function requireTag(tag: string): void {
  if (tag === '') refuse('Tag cannot be empty');
  if (isLonger(tag, limits.tagLength)) refuse(`Tag should be less than ${limits.tagLength} characters long `);
  if (!/^[a-zA-Z0-9\-_:/]+$/.test(tag)) {
    refuse('Tag can only contain alphanumeric characters, colons, hyphens, underscores and slashes');
  }
}

export function requireTagCount(count: number): void {
  if (count > limits.tagsPerExperiment) {
    refuse(`You can have a maximum of ${limits.tagsPerExperiment} tags in an experiment.`);
  }
}

/** Checks how many experiments one request is about. */
export function requireExperimentCount(count: number): void {
  if (count > limits.experimentsPerPage) {
    refuse(
      `Maximum allowed number of experiments in one request is ${limits.experimentsPerPage}; ${count} given.`,
    );
  }
}

/** What makes two tags the same tag. */
export function tagKey(tag: string): string {
  return tag.toLowerCase();
}

/** How a new tag is spelled from now on. */
export function tagName(tag: string): string {
  return isSystemTag(tag) ? tag.toLowerCase() : tag;
}

/**
 * What searches look at. Between the two lies a line break, which no search for a part of either spans by chance; what
 * has one itself is a part of titles only, see {@link titlePattern}.
 */
export function searchText(title: string, eid: string): string {
  return `${foldText(title)}\n${foldText(eid)}`;
}

/** The pattern of SQL's `like`, with `\` as its escape, for search texts with a part of several lines in the title. */
export function titlePattern(folded: string): string {
  return `%${folded.replace(/[\\%_]/g, '\\$&')}%\n%`;
}

/** Python counts characters, so the contract does: a smiley is one, though JavaScript has two units for it. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most) return false;
  let length = 0;
  for (const _ of text) length += 1;
  return length > most;
}

/** PostgreSQL can't store a NUL, so no installation takes it; half a pair, no database keeps as it is. */
function requireStorable(field: string, text: string): void {
  if (text.includes('\0')) refuse(`The ${field} contains a NUL character, which can't be stored. Remove it.`);
  if (!text.isWellFormed()) {
    refuse(
      `The ${field} contains half of a surrogate pair, which is no character and can't be stored. Remove it.`,
    );
  }
}

function refuse(message: string): never {
  throw new AqueductError('BAD_INPUT', message);
}
