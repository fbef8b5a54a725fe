import type { Metadata } from 'h5wasm';
import type { Selection } from '../arrays/nd-array.ts';
import { numberPlaces } from './number-places.ts';

const MiB = 1024 * 1024;
/** Of one reading. */
const MOST_BYTES = 256 * MiB;
/** h5web asks for all that could be shown, before anybody chose a part. */
const MOST_WHOLE = 64 * MiB;
/** What is no plain number becomes an object each. */
const MOST_OBJECTS = 2 * 1024 * 1024;
/** Of pieces (chunks), which are unpacked whole for whatever is wanted of them. */
const MOST_SPAN = 512 * MiB;

/** Refuses, in words, to read too much for h5web. */
export function requireBounded(metadata: Metadata, count: number): void {
  requireBytes(metadata.size * count, MOST_WHOLE);
  const isPlain = numberPlaces(metadata).length === 1;
  if (!isPlain && count > MOST_OBJECTS)
    throw new Error(
      `These are ${count.toLocaleString('en')} values, and at most ${MOST_OBJECTS.toLocaleString('en')} of this kind are read at once. Choose a smaller part, such as a line, or look at it as a plot.`,
    );
}

/** Refuses, in words, to read too many bytes. */
export function requireBytes(bytes: number, most = MOST_BYTES): void {
  if (bytes > most)
    throw new Error(
      `This part of the data has ${Math.ceil(bytes / MiB).toLocaleString('en')} MiB, and at most ${most / MiB} MiB are read at once. Choose a smaller part, such as a line, or look at it as a plot.`,
    );
}

/** Refuses, in words, a part for which too much would have to be unpacked. */
export function requireSpan({ chunks, size }: Metadata, selection: Selection): void {
  if (!chunks) return;
  const span = selection.reduce<number>((bytes, part, i) => {
    const indices = typeof part === 'number' ? 1 : part.end - part.start;
    return bytes * Math.max(indices, chunks[i] ?? 1);
  }, size);
  if (span > MOST_SPAN)
    throw new Error(
      `This part is spread over pieces of ${Math.ceil(span / MiB).toLocaleString('en')} MiB, and at most ${MOST_SPAN / MiB} MiB are unpacked at once. Choose a smaller part, such as a line.`,
    );
}
