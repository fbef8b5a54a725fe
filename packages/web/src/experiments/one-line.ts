/** A text in one line: breaks of lines, with the blanks about them, become one blank. */
export function oneLine(text: string): string {
  // Blanks that a pattern looks behind for a break (`\s*\n`) are tried anew from each of them, for minutes.
  return text.replace(/\s+/g, (blanks) => (blanks.includes('\n') ? ' ' : blanks));
}
