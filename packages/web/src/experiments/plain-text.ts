/** Longer texts are cut off by every screen. */
const MOST = 300;

/** The beginning of a Markdown text as one line of plain text, for lists. A glance, not a rendering. */
export function plainText(markdown: string): string {
  return (
    markdown
      .slice(0, 2 * MOST)
      // Line by line: what may go over lines (`^\s*`) is tried anew from each blank, with the square and cube of them.
      .replace(/^[ \t]*(```|~~~).*$/gm, ' ')
      .replace(/^\s{0,3}(#{1,6}\s+|>\s?|[-*+]\s+(\[[ xX]\]\s+)?|\d+[.)]\s+)/gm, '')
      .replace(/^[ \t:|-]{2,}$/gm, ' ')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      // Other brackets stay: HTML is text in descriptions, and T<20 mK is no HTML.
      .replace(/<(https?:[^<>\s]*)>/gi, '$1')
      .replace(/(\*\*|__|~~|`)/g, '')
      .replace(/(^|\s)[*_](\S[^*_]*\S|\S)[*_](?=[\s.,;:!?)]|$)/g, '$1$2')
      .replace(/[\s|]+/g, ' ')
      .trim()
      .slice(0, MOST)
  );
}
