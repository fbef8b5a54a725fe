import type { Readable } from 'node:stream';

/** Bytes that were stored, under the key that finds them again. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** A part of an object; both ends belong to it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What a storage on a local disk offers besides: names that people can read. */
export interface ReadableObjects {
  /** Makes `path` show the object, in one step, in place of whatever was there. */
  publish(key: string, path: string): Promise<void>;
  /** Whether `path` shows this object; false where there is nothing. */
  shows(path: string, key: string): Promise<boolean>;
}

/**
 * Keeps immutable objects. What local disk, and later S3, implement: bytes under keys, never a path or a rename.
 */
export interface Storage {
  /**
   * Stores a stream of bytes. When it resolves, they survive a power cut.
   *
   * @throws AqueductError `TOO_LARGE` beyond `maxBytes`, `DISK_FULL`, `UNAVAILABLE`; nothing is left then.
   */
  put(
    source: AsyncIterable<Uint8Array>,
    options?: { maxBytes?: number; signal?: AbortSignal },
  ): Promise<StoredObject>;
  /** Opens an object for reading; the reader keeps its bytes whatever happens to the key. */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** Removes an object; fine when it is gone already. */
  remove(key: string): Promise<void>;
  /** The keys of all objects, or of those stored on a day (`YYYYMMDD`) or later. */
  list(options?: { since?: string }): AsyncIterable<{ key: string; storedAt: number }>;
  /** Gives an object a second, readable name on the same disk; absent where objects lie on no disk of ours. */
  readonly readable?: ReadableObjects;
  /** @throws AqueductError when nothing can be written. */
  check(): Promise<void>;
}
