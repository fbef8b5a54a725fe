import type { SeekableSource } from '../platform/platform.ts';
import { streamChunks } from '../stream-chunks.ts';
import { untilAborted } from '../until-aborted.ts';

const PIECES = 16;
/** Bytes of each. */
const PIECE = 64 * 1024;

/**
 * A hash of pieces of a file, from its first byte to its last: archives and copies make files of the same name, size and
 * time that are others all the same. To read all of a large file would take long.
 */
export function sampleOf(source: SeekableSource, signal: AbortSignal): Promise<string> {
  // A disk of the network may not answer.
  return untilAborted(hashPieces(source, signal), signal);
}

/** FNV-1a, since browsers have SHA-256 only in pages that came by https or from the same machine. */
async function hashPieces({ size, from }: SeekableSource, signal: AbortSignal): Promise<string> {
  let hash = 0x811c9dc5;
  for (let piece = 0; piece < PIECES; piece += 1) {
    const start = Math.max(0, Math.floor(((size - PIECE) * piece) / (PIECES - 1)));
    const content = from(start, Math.min(start + PIECE, size));
    for await (const bytes of streamChunks(content instanceof Blob ? content.stream() : content, signal)) {
      for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }
  return (hash >>> 0).toString(16);
}
