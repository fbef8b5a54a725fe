import { expect, test } from 'vitest';
import { decodeBytes, decodeText } from './decode-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each(['', 'plain', 'Größe in µm, 20 °C, Ω 😀', '\uFFFD'])('UTF-8 is read as it is: %s', (text) => {
  expect(decodeBytes(utf8(text))).toEqual({ text, isMended: false });
});

test('what older programs write is windows-1252', () => {
  expect(decodeBytes(latin1('Leistung (µW),Winkel (°)\n1,2\n'))).toEqual({
    text: 'Leistung (µW),Winkel (°)\n1,2\n',
    isMended: true,
  });
  expect(decodeText(Uint8Array.of(0x61, 0x80, 0x93, 0x61))).toBe('a€“a');
});

test.each(['µ', '°C;mV\n1;2\n'])('a file may begin with such a letter: %j', (text) => {
  expect(decodeBytes(latin1(text))).toEqual({ text, isMended: true });
});

test('in a text of both, each is read as what it is', () => {
  expect(decodeText(Uint8Array.of(...utf8('Größe '), 0xb5, ...utf8('m, 😀')))).toBe('Größe µm, 😀');
});

test('letters that are cut through at the ends change nothing', () => {
  const bytes = utf8('€ und €');
  expect(decodeBytes(bytes.subarray(1, -1), 1)).toEqual({ text: '\uFFFD\uFFFD und \uFFFD', isMended: false });
});

test('UTF-16 with a mark is known', () => {
  expect(decodeText(Uint8Array.of(0xff, 0xfe, 0xb5, 0, 0x6d, 0))).toBe('µm');
});

test('what the decoder takes for UTF-8 stays, and nothing is left unread', () => {
  for (let seed = 1; seed < 300; seed += 1) {
    const bytes = Uint8Array.from({ length: 40 }, (_, i) => (Math.sin(seed * 999 + i * 77) * 1e6) & 0xff);
    const text = decodeText(Uint8Array.of(0x61, ...bytes, 0x61));
    expect(text).not.toContain('\uFFFD');
  }
});
