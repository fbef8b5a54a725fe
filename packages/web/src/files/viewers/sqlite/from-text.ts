import type { From } from './questions.ts';

/** Where a page of rows begins, as it stands in an address: `last`, `at 5000`, `before 5000`, `offset 200`. */
export function fromText(from: From): string | undefined {
  if (from.kind === 'first') return undefined;
  if (from.kind === 'last') return from.kind;
  return `${from.kind} ${from.kind === 'offset' ? from.offset : from.id}`;
}

/** Reads it; what says nothing that can be is the beginning. */
export function parseFrom(text = ''): From {
  if (text === 'last') return { kind: 'last' };
  const [, kind, number = ''] = /^(at|before|offset) (-?\d{1,19})$/.exec(text) ?? [];
  if ((kind === 'at' || kind === 'before') && BigInt.asIntN(64, BigInt(number)) === BigInt(number))
    return { kind, id: number };
  if (kind === 'offset' && Number.isSafeInteger(Number(number)) && Number(number) > 0)
    return { kind, offset: Number(number) };
  return { kind: 'first' };
}
