/** The form of a text that searches compare: without case, and with one spelling for each letter. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
