/** V8 quotes so many letters before the place and behind it. */
const ABOUT = 10;

/**
 * What is wrong with a text in JSON, and where. V8 gives the line of most faults; but of an unexpected letter, it quotes
 * only what stands about it.
 */
export function jsonFault(text: string, { message }: Error): string {
  const [, fault, before, quoted = '', behind] =
    /^(Unexpected token .+?), (\.{3})?"(.+)"(\.{3})? is not valid JSON$/s.exec(message) ?? [];
  const start = text.indexOf(quoted);
  if (fault === undefined || start === -1 || (before ?? behind) === undefined) return message;
  const place = start + (before === undefined ? quoted.length - ABOUT : ABOUT);
  const lines = text.slice(0, place).split('\n');
  return `${fault} (line ${lines.length} column ${(lines.at(-1)?.length ?? 0) + 1})`;
}
