import { expect, test } from 'vitest';
import { foldText } from './fold-text.ts';

test.each([
  ['ΣΥΣΤΗΜΑ', 'συστημα'],
  ['ΟΔΟΣ οδος', 'οδοσ οδοσ'],
  // The sign of a keyboard and the letter, the long s, Kelvin and Ångström.
  ['10 \u00b5s', '10 \u03bcs'],
  ['Me\u017f\u017fung', 'messung'],
  ['4 \u212a, 3 \u212b', '4 k, 3 \u00e5'],
  // One letter stays one.
  ['STRASSE Straße STRAẞE', 'strasse straße straße'],
  // Capitals that have no letter of their own with the mark, where the small ones do.
  ['T\u0308 J\u030c', '\u1e97 \u01f0'],
  ['Größe', 'größe'],
])('%s is %s', (text, folded) => {
  expect(foldText(text)).toBe(folded);
  expect(foldText(folded)).toBe(folded);
});

test('letters are the same where Unicode takes them for one, and no others', () => {
  const letters = casedLetters();
  expect(letters.length).toBeGreaterThan(2500);
  const all = letters.join('');
  for (const letter of letters) {
    // A regular expression folds by Unicode's own table.
    const same = all.match(new RegExp(letter, 'giu')) ?? [];
    for (const other of same) expect(foldText(other)).toBe(foldText(letter));
    expect(foldText(letter)).toMatch(letter === 'İ' ? /^i\u0307$/ : new RegExp(`^${letter}$`, 'iu'));
  }
});

test('a part of a text is a part of it when folded, too', () => {
  const letters = casedLetters();
  for (let i = 0; i < 3000; i += 1) {
    const [a, b, c] = [pick(letters, i), pick(letters, i + 1), pick(letters, i + 2)];
    expect(foldText(a + b + c)).toBe(foldText(a) + foldText(b) + foldText(c));
    expect(foldText(`${a}${b}Σ`)).toContain(foldText(`${b}Σ`));
  }
});

/** All letters that have a case, but those that NFC writes in another way, marks, and two ligatures of one sound. */
function casedLetters(): string[] {
  const letters: string[] = [];
  for (let code = 0; code < 0x1_f000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const letter = String.fromCodePoint(code);
    if (!/[\p{Cased}\p{Changes_When_Casemapped}]/u.test(letter) || /[\p{M}\ufb05\ufb06]/u.test(letter))
      continue;
    if (letter.normalize('NFC') === letter) letters.push(letter);
  }
  return letters;
}

/** Scattered, and the same each time. */
function pick(letters: readonly string[], i: number): string {
  return letters[(i * 7919) % letters.length] ?? '';
}
