import type { Readable } from 'node:stream';

/** Bytes that were stored, under the key that finds them again. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** When it was begun, in milliseconds since 1970; absent where its key had a row before. */
  readonly begunAt?: number;
}

/** A part of an object; both ends belong to it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The bytes of an object, or of a part of it. */
export interface ObjectBytes extends Readable {
  /** Takes the memory of a chunk that nobody needs any more, for bytes to come. */
  giveBack?(chunk: Buffer): void;
}

/** What a storage on a local disk offers besides: names that people can read. */
export interface ReadableObjects {
  /** Whether names are made by copying, as far as was seen: that takes as long as the disk likes. */
  readonly copies: boolean;
  /** Makes `path` show the object where there is nothing yet, in one step; false where there is something, or no disk takes it. */
  add(key: string, path: string): Promise<boolean>;
  /** Has a name known for a while as that of an object which was shown there, also when the object is gone. */
  remember(key: string, path: string): Promise<void>;
  /** Makes `path` show the object, in one step, in place of one of these; false where it shows none of them. */
  replace(key: string, path: string, older: readonly string[]): Promise<boolean>;
  /**
   * Takes the name away where it shows one of these objects. What people put there themselves stays.
   *
   * @throws AqueductError `UNAVAILABLE` where its folder is none of the folder of experiments: it may be there yet.
   */
  remove(path: string, keys: readonly string[]): Promise<void>;
  /**
   * How `path` shows this object, if it does: a link is the object itself, a copy is known by its size and time alone.
   */
  shows(path: string, key: string): Promise<'link' | 'copy' | undefined>;
  /**
   * Resolves when all that was shown in a folder, or taken from it, survives a power cut.
   *
   * @throws AqueductError `UNAVAILABLE` where that is none of the folder of experiments: what was not seen may be there yet.
   */
  settle(folder: string): Promise<void>;
}

/**
 * Parts of objects: bytes that come in over hours, in many pieces and across restarts, until they are whole. Parts are
 * named by 32 hexadecimal digits. Who appends to one, or keeps it, does so alone.
 */
export interface PartialObjects {
  /**
   * Makes an empty part for so many bytes.
   *
   * @throws AqueductError `DISK_FULL` where they would not fit now.
   */
  begin(id: string, size: number): Promise<void>;
  /**
   * Adds bytes from an offset on, all of whose bytes before it are durable; what lies behind it is dropped. Where the
   * source breaks, what came before stays.
   *
   * @returns the offset behind the last byte; all before it survives a power cut.
   * @throws what the source throws, or an AqueductError: `NOT_FOUND` where bytes before the offset are missing.
   */
  append(
    id: string,
    offset: number,
    source: AsyncIterable<Uint8Array>,
    options: AppendOptions,
  ): Promise<number>;
  /**
   * Puts a copy of the first so many bytes, all of them durable, in the place of a part: who has it open from before writes
   * elsewhere from now on. `NOT_FOUND` where they are not there.
   */
  renew(id: string, size: number): Promise<void>;
  /** SHA-256 of a part of so many bytes, in lower-case hexadecimal; read again where they came before this start. */
  hash(id: string, size: number): Promise<string>;
  /** Makes a part the object of a key, which survives a power cut; fine when it is that already. `NOT_FOUND` where it is gone. */
  keep(id: string, key: string): Promise<void>;
  /** Removes a part; fine when it is gone already. */
  remove(id: string): Promise<void>;
  /** How many bytes of a part lie here, durable or not; undefined where there is none. */
  sizeOf(id: string): Promise<number | undefined>;
  list(): AsyncIterable<ListedPart>;
}

export interface AppendOptions {
  /** Called before anything is changed, when the part is open; the appending fails with it. */
  readonly onOpened?: () => Promise<void>;
  /** Most bytes to take. */
  readonly maxBytes: number;
  /** Told as bytes become durable, and in the end, of the offset behind them; the appending fails with it. */
  readonly onDurable: (end: number) => Promise<void>;
}

export interface ListedPart {
  readonly id: string;
  /** Where it lies, for people. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly touchedAt: number;
}

export interface PutOptions {
  readonly maxBytes?: number;
  /** How many bytes will come at most, where that is known: room is kept for no more. */
  readonly expected?: number;
  /** Called when all bytes are there, where they are few: what is left takes no longer than a sync or two. */
  readonly onTaken?: () => void;
}

/**
 * Keeps immutable objects. What local disk, and later S3, implement: bytes under keys, never a path or a rename.
 */
export interface Storage {
  /**
   * Stores a stream of bytes. When it resolves, they survive a power cut. Chunks belong to the storage once it has
   * taken them: it may free their memory.
   *
   * @throws AqueductError `TOO_LARGE` beyond `maxBytes`, `DISK_FULL`, `UNAVAILABLE`, or what the source throws; nothing
   * is left then.
   */
  put(source: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredObject>;
  /**
   * Opens an object for reading, or the part of it that is named; the reader keeps its bytes whatever happens to the
   * key. The stream fails when the object ends before its part does.
   *
   * @throws AqueductError `UNAVAILABLE` when there is no such object.
   */
  open(key: string, range?: ByteRange): Promise<ObjectBytes>;
  /**
   * Reads a part of an object whole: for so few bytes that a stream of them would cost more.
   *
   * @throws AqueductError `UNAVAILABLE` when there is no such object, or it ends before the part does.
   */
  read(key: string, range: ByteRange): Promise<Buffer>;
  /** Removes an object; fine when it is gone already. */
  remove(key: string): Promise<void>;
  /** How many bytes an object has; undefined where there is none. */
  sizeOf(key: string): Promise<number | undefined>;
  /** All objects, or those stored on a day (`YYYYMMDD`) or later. */
  list(options?: { since?: string }): AsyncIterable<ListedObject>;
  /** Objects that come in pieces. */
  readonly parts: PartialObjects;
  /** A key that no object has. */
  newKey(): string;
  /** Gives an object a second, readable name on the same disk; absent where objects lie on no disk of ours. */
  readonly readable?: ReadableObjects;
  /** @throws AqueductError when nothing can be written. */
  check(): Promise<void>;
}

export interface ListedObject {
  readonly key: string;
  /** Milliseconds since 1970; later where its names were changed since. */
  readonly storedAt: number;
  /** The moment of its last byte, whatever happened to its names since. */
  readonly writtenAt: number;
  /** Whether this process stored it since it started, so that whoever stored it still knows of it. */
  readonly isOwn: boolean;
}
