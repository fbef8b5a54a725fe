/** In UTF-8, the letters that bytes from 0x80 on are in windows-1252: µ, °, ä and others. */
const letters = Array.from({ length: 128 }, (_, i) =>
  new TextEncoder().encode(new TextDecoder('windows-1252').decode(Uint8Array.of(0x80 + i))),
);
/** A letter has at most so many bytes that are not its first. */
const MOST_FOLLOWING = 3;

/**
 * Bytes with those that are no UTF-8 taken for windows-1252, as older programs write, and all in UTF-8. Letters that are cut
 * through at the beginning or the end stay so: of long files a part is read. The same array where there is nothing else.
 *
 * @param start - where the bytes begin in their file: at its beginning no letter is cut through.
 */
export function mendUtf8(bytes: Uint8Array, start: number): Uint8Array {
  let first = 0;
  while (start > 0 && first < MOST_FOLLOWING && isFollowing(bytes[first])) first += 1;
  let [length, isMended] = [bytes.length, false];
  forEachPart(bytes, first, (at, size) => {
    if (size > 0) return;
    length += (letters[(bytes[at] as number) - 0x80]?.length ?? 1) - 1;
    isMended = true;
  });
  if (!isMended) return bytes;
  const mended = new Uint8Array(length);
  mended.set(bytes.subarray(0, first));
  let to = first;
  forEachPart(bytes, first, (at, size) => {
    const part = size > 0 ? undefined : letters[(bytes[at] as number) - 0x80];
    if (part) mended.set(part, to);
    else for (let i = 0; i < size; i += 1) mended[to + i] = bytes[at + i] as number;
    to += part?.length ?? size;
  });
  return mended;
}

/** Tells where each letter begins and how many bytes it has; 0 for a byte that is none. */
function forEachPart(bytes: Uint8Array, first: number, tell: (at: number, size: number) => void): void {
  for (let at = first; at < bytes.length; ) {
    const size = sizeAt(bytes, at);
    tell(at, size);
    at += Math.max(1, size);
  }
}

/** RFC 3629, 4: which bytes may follow each other. */
function sizeAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const size =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let i = 1; i < size; i += 1) {
    const byte = bytes[at + i];
    // Cut through by the end.
    if (byte === undefined) return i;
    const isOutside =
      i === 1 &&
      ((lead === 0xe0 && byte < 0xa0) ||
        (lead === 0xed && byte > 0x9f) ||
        (lead === 0xf0 && byte < 0x90) ||
        (lead === 0xf4 && byte > 0x8f));
    if (!isFollowing(byte) || isOutside) return 0;
  }
  return size;
}

function isFollowing(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}
