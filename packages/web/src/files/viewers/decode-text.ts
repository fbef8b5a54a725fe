import { mendUtf8 } from './mend-utf8.ts';

/** A text, and whether some of its bytes were read as windows-1252. */
export interface DecodedText {
  readonly text: string;
  readonly isMended: boolean;
}

/**
 * The text of some bytes: UTF-8, or UTF-16 where a byte order mark says so; bytes that are no UTF-8 are windows-1252.
 *
 * @param start - where the bytes begin in their file.
 */
export function decodeText(bytes: Uint8Array, start = 0): string {
  return decodeBytes(bytes, start).text;
}

/** The text of some bytes, and how it was read. */
export function decodeBytes(bytes: Uint8Array, start = 0): DecodedText {
  const [first, second] = bytes;
  const wide =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : undefined;
  if (wide) return { text: new TextDecoder(wide).decode(bytes), isMended: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isMended: false };
  } catch {
    const mended = mendUtf8(bytes, start);
    return { text: new TextDecoder().decode(mended), isMended: mended !== bytes };
  }
}
