const BEYOND_ASCII = /[\u0080-\uffff]/;

/**
 * The form of a text that searches compare: without case, and with one spelling for each letter. It is Unicode's simple
 * case folding, by which a part of a text is a part of it when folded, too: no letter depends on those around it.
 */
export function foldText(text: string): string {
  // As most titles are: what follows takes ten times as long.
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\p{Changes_When_Casefolded}/gu, foldSmall)
    .normalize('NFC');
}

/** A small letter may have another form: `σ` at the end of a word (`ς`), `µ` as a sign of its own, `ſ`. */
function foldSmall(letter: string): string {
  const capital = letter.toUpperCase();
  // More than one letter: `ß` is `SS`, but would then be a part of what has one `s` only.
  return [...capital].length === 1 ? capital.toLowerCase() : letter;
}
