import { ZipReader } from '@zip.js/zip.js/lib/zip-core-reader.js';
import type { NdArray } from '../arrays/nd-array.ts';
import { NotShown } from '../not-shown.ts';
import { NotRead } from '../read-range.ts';
import { type ByteSource, bytesInMemory, bytesWithin } from './byte-source.ts';
import { openNpyArray } from './npy-array.ts';
import { HEAD_BYTES, type NpyHeader, parseNpyHeader } from './npy-header.ts';

/** An array in an archive, not opened yet. */
export interface NpzEntry {
  readonly name: string;
  /** Opens it: one that is stored is read by parts, one that is packed is unpacked as a whole, up to a bound. */
  open(signal?: AbortSignal): Promise<NdArray>;
  /**
   * Reads only what the array is.
   *
   * @throws NotShown with a sentence where it holds no numbers.
   */
  header(signal?: AbortSignal): Promise<NpyHeader>;
}

/** The arrays in an archive. */
export interface NpzArchive {
  readonly entries: readonly NpzEntry[];
  /** There are more, which are left out. */
  readonly isCut: boolean;
}

const MiB = 1024 * 1024;
const MOST_ENTRIES = 1000;
const MOST_UNPACKED = 256 * MiB;
/** Of the directory of an archive, which zip.js asks for at once. */
const MOST_AT_ONCE = 16 * MiB;
const LOCAL_HEADER = 30;
const STORED = 0;
const DEFLATED = 8;

/** Lists the arrays in a `.npz`, which is a zip of `.npy` files; nothing is unpacked for it. */
export async function openNpzArchive(bytes: ByteSource): Promise<NpzArchive> {
  const zip = new ZipReader(readerOf(bytes), { strictness: 'tolerant' });
  const entries: NpzEntry[] = [];
  try {
    for await (const {
      filename,
      offset,
      compressionMethod,
      compressedSize,
      uncompressedSize,
      encrypted,
    } of zip.getEntriesGenerator()) {
      if (!filename.endsWith('.npy')) continue;
      if (entries.length === MOST_ENTRIES) return { entries, isCut: true };
      const name = filename.replace(/\.npy$/, '');
      const entry = {
        offset,
        method: compressionMethod,
        packed: compressedSize,
        unpacked: uncompressedSize,
        isEncrypted: encrypted,
      };
      entries.push({
        name,
        open: async (signal) => openNpyArray(name, await contentOf(bytes, entry, signal), signal),
        header: async (signal) => parseNpyHeader(await headOf(bytes, entry, signal), entry.unpacked),
      });
    }
  } catch (error) {
    if (error instanceof NotRead) throw error;
    throw new NotShown(`This is no archive of NumPy arrays that can be read (${String(error)}).`, {
      cause: error,
    });
  }
  if (entries.length === 0) throw new NotShown('There are no NumPy arrays in this archive.');
  return { entries, isCut: false };
}

function readerOf(bytes: ByteSource) {
  return {
    size: bytes.size,
    // Its types ask for it; what can be read by parts is.
    readable: new ReadableStream(),
    async readUint8Array(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
      if (length > MOST_AT_ONCE) throw new Error('its directory is larger than 16 MiB');
      return new Uint8Array(await bytes.read(offset, Math.min(bytes.size, offset + length)));
    },
  };
}

interface ZipEntry {
  readonly offset: number;
  readonly method: number;
  /** Bytes that it takes in the archive. */
  readonly packed: number;
  /** As the archive says. */
  readonly unpacked: number;
  readonly isEncrypted: boolean;
}

async function contentOf(bytes: ByteSource, entry: ZipEntry, signal?: AbortSignal): Promise<ByteSource> {
  const content = await packedContentOf(bytes, entry, signal);
  if (entry.method === STORED) return content;
  if (entry.packed > MOST_UNPACKED) throw tooLarge();
  return bytesInMemory(await unpack(await content.read(0, entry.packed, signal)));
}

async function headOf(bytes: ByteSource, entry: ZipEntry, signal?: AbortSignal): Promise<Uint8Array> {
  const content = await packedContentOf(bytes, entry, signal);
  // Unpacked it is longer, but for a few bytes of each block.
  const head = await content.read(0, Math.min(entry.packed, 2 * HEAD_BYTES), signal);
  return entry.method === STORED ? head : unpackStart(head);
}

/** The bytes of an entry as they stand in the archive. */
async function packedContentOf(
  bytes: ByteSource,
  { offset, method, packed, isEncrypted }: ZipEntry,
  signal?: AbortSignal,
): Promise<ByteSource> {
  if (isEncrypted) throw new NotShown('This array is encrypted.');
  const header = await bytes.read(offset, offset + LOCAL_HEADER, signal);
  // APPNOTE 4.3.7: behind the header stand a name and extra fields, which need not be those of the directory.
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const content = bytesWithin(
    bytes,
    offset + LOCAL_HEADER + view.getUint16(26, true) + view.getUint16(28, true),
    packed,
  );
  if (method !== STORED && method !== DEFLATED)
    throw new NotShown('This array is packed in a way that is not known here.');
  return content;
}

/** What the beginning of packed bytes becomes. */
async function unpackStart(packed: Uint8Array): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const collect = async () => {
    for await (const part of readable as unknown as AsyncIterable<Uint8Array>)
      parts.push(new Uint8Array(part));
  };
  const writer = writable.getWriter();
  // It complains at the end, where the rest is missing.
  await Promise.allSettled([collect(), writer.write(new Uint8Array(packed)), writer.close()]);
  if (parts.length === 0) throw new NotShown('This array is packed in a way that can not be unpacked.');
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Stops at the bound, whatever the archive says of the size: it may lie. */
async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(packed)])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of stream as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    size += part.length;
    if (size > MOST_UNPACKED) throw tooLarge();
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function tooLarge(): Error {
  return new NotShown(
    `Unpacked, this array has more than ${MOST_UNPACKED / MiB} MiB. One that is stored unpacked (numpy.savez) is read by parts.`,
  );
}
