/**
 * Reads a UUID in any of its spellings: with or without hyphens, in capitals, in braces, as `urn:uuid:`.
 *
 * @returns the lower-case, hyphenated form, or undefined when the text is none.
 */
export function parseUuid(text: string): string | undefined {
  const bare = text.replace(/^urn:/, '').replace(/^uuid:/, '');
  // A search for braces at the end would begin anew at each brace of a long text.
  const [, inner = ''] = /^\{*([^{}]*)\}*$/.exec(bare) ?? [];
  const hex = inner.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
