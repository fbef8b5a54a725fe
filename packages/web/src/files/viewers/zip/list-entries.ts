import { ZipReader } from '@zip.js/zip.js/lib/zip-core-reader.js';
import type { FileSource } from '../file-source.ts';
import { NotShown } from '../not-shown.ts';
import { readRange } from '../read-range.ts';

/** What an archive says of a file in it. */
export interface Entry {
  readonly name: string;
  /** Bytes, as the archive says: nothing is unpacked to see. */
  readonly size: number;
  readonly packedSize: number;
  readonly modified: Date;
  readonly isFolder: boolean;
  readonly isEncrypted: boolean;
}

/** The entries of an archive. */
export interface Listing {
  readonly entries: readonly Entry[];
  /** There are more, which are left out. */
  readonly isCut: boolean;
}

const MiB = 1024 * 1024;
/** The directory of an archive stands at its end: with the first request, most have been read. */
const TAIL = 256 * 1024;
const LONGEST_DIRECTORY = 64 * MiB;
const MOST_ENTRIES = 100_000;
/** After so many the page may do something else. */
const AT_ONCE = 2000;

/**
 * Lists what is in a zip. Only its directory is read, and nothing is unpacked.
 *
 * @throws NotShown with a sentence where it is no zip, or too large a one.
 */
export async function listEntries(source: FileSource, signal: AbortSignal): Promise<Listing> {
  const reader = new ZipReader(await tailFirst(source, signal), { strictness: 'tolerant' });
  const entries: Entry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entries.length === MOST_ENTRIES) return { entries, isCut: true };
      entries.push({
        name: entry.filename,
        size: entry.uncompressedSize,
        packedSize: entry.compressedSize,
        modified: entry.lastModDate,
        isFolder: entry.directory,
        isEncrypted: entry.encrypted,
      });
      if (entries.length % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  } catch (error) {
    throw failureOf(error);
  }
  return { entries, isCut: false };
}

/** Reads of the file, with the end of it in memory. */
async function tailFirst(source: FileSource, signal: AbortSignal) {
  const { size } = source;
  const start = Math.max(0, size - TAIL);
  const tail = await readRange(source.location, start, size, signal);
  return {
    size,
    // Its types ask for it; what can be read by parts is.
    readable: new ReadableStream(),
    async readUint8Array(offset: number, length: number) {
      if (length > LONGEST_DIRECTORY)
        throw new NotShown(
          'The directory of the archive is larger than 64 MiB. Download it to look into it.',
        );
      if (length <= 0 || offset >= size) return new Uint8Array();
      const end = Math.min(size, offset + length);
      if (offset >= start) return tail.slice(offset - start, end - start);
      return readRange(source.location, offset, end, signal);
    },
  };
}

function failureOf(error: unknown): unknown {
  // The library's own errors; those of the connection have sentences already.
  const isOfLibrary = error instanceof Error && error.constructor === Error;
  return isOfLibrary ? new NotShown(`This is no zip that can be read: ${error.message}.`) : error;
}
