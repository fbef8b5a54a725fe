import { isSystemTag, limits } from '@aqueduct/client/protocol';

/** What stands between tags that are typed or pasted. */
export const SEPARATORS = [',', ' ', ';'];

/** Texts between separators and line ends. */
export function partsOf(text: string): string[] {
  return text.split(/[,;\s]+/).filter(Boolean);
}

/** Parts before the last separator are complete; what stands behind it may go on. */
export function splitAtLastSeparator(text: string): [complete: string, rest: string] {
  const rest = /[^,;\s]*$/.exec(text)?.[0] ?? '';
  return [text.slice(0, text.length - rest.length), rest];
}

/** However it is spelled. */
export function isAmong(tag: string, tags: readonly string[]): boolean {
  return tags.some((other) => other.toLowerCase() === tag.toLowerCase());
}

/** What is wrong with a text as a tag of somebody's own; `undefined` where nothing is. */
export function tagFault(text: string): string | undefined {
  if (text === '') return undefined;
  return spellingFault(text) ?? (isSystemTag(text) ? 'Tags like __this__ belong to the system.' : undefined);
}

/** What is wrong with a text as any tag. */
export function spellingFault(text: string): string | undefined {
  if (!/^[a-zA-Z0-9\-_:/]+$/.test(text))
    return 'Letters, digits, colons, hyphens, underscores and slashes only.';
  if (text.length > limits.tagLength) return `At most ${limits.tagLength} characters.`;
  return undefined;
}
