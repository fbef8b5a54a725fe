import { type FileLocation, readRange } from '../read-range.ts';

/** Bytes of which parts are read: of a file, or of one in an archive. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  /** Reads the bytes from `start` up to, not including, `end`. */
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** A file of an experiment. */
export function bytesOfFile(file: FileLocation): ByteSource {
  return { size: file.size, read: (start, end, signal) => readRange(file, start, end, signal) };
}

/** A part of other bytes. */
export function bytesWithin(bytes: ByteSource, from: number, size: number): ByteSource {
  return { size, read: (start, end, signal) => bytes.read(from + start, from + Math.min(end, size), signal) };
}

/** Bytes in memory. */
export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}
