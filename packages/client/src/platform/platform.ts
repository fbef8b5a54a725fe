import type { PlainAnswer } from '../errors/failure-of-answer.ts';
import type { TransferOptions } from '../progress.ts';

/**
 * What can be uploaded: the path of a file (in Node), a Blob or File, or a stream of bytes (`ReadableStream`, Node's
 * `Readable`, an async generator).
 */
export type UploadSource = string | URL | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** A source whose name and size are known, as far as they can be. */
export interface OpenSource {
  readonly name: string | undefined;
  /** Bytes; undefined for a stream. */
  readonly size: number | undefined;
  readonly content: Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
  /** The bytes from one offset to another or to the end, as often as wanted; absent for a stream, which gives them once. */
  readonly from?: (start: number, end?: number) => Blob | AsyncIterable<Uint8Array>;
  /** Tells this file from others after a restart, as far as its name and time do; absent where nothing does. */
  readonly identity?: string | undefined;
  /** Lets go of what was opened for it. */
  readonly close?: () => void;
}

/** A source that can be read from anywhere. */
export interface SeekableSource extends OpenSource {
  readonly size: number;
  readonly from: (start: number, end?: number) => Blob | AsyncIterable<Uint8Array>;
}

export interface Upload extends TransferOptions {
  readonly method: 'POST' | 'PATCH' | 'HEAD';
  /** `form`: the bytes go as the field `file` of a form; `bytes`: as they are. */
  readonly as: 'form' | 'bytes';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly source: OpenSource;
  /** Seconds of silence allowed until the connection stands, where that is known. */
  readonly timeout: number;
  /** Seconds in which nothing may move after that, and until the answer is there. */
  readonly patience: number;
}

/** A file that comes from the server. */
export interface ReceivedFile {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly mediaType: string;
  /** Bytes, where the server said it. */
  readonly size: number | undefined;
  /** What the bytes must have, in lower-case hexadecimal. */
  readonly sha256: string;
}

export interface SavedFile extends ReceivedFile {
  readonly directory: string;
}

/** A file on its way to an experiment, as it is known again after a restart. */
export interface UploadIdentity {
  /** The address of the server. */
  readonly server: string;
  readonly experimentUuid: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** See {@link OpenSource.identity}. */
  readonly file: string;
}

/** An upload that has begun. */
export interface BegunUpload {
  readonly address: string;
  /** Of the bytes that it began with. */
  readonly sample: string;
}

/** Where uploads that have begun are found again after a restart. What it can not keep, it forgets. */
export interface UploadMemory {
  get(identity: UploadIdentity): Promise<BegunUpload | undefined>;
  set(identity: UploadIdentity, upload: BegunUpload): Promise<void>;
  delete(identity: UploadIdentity): Promise<void>;
}

/** What Node and browsers do differently. */
export interface Platform {
  /** The token that the environment holds. */
  environmentToken(): string | undefined;
  /** Lets connections that the server has closed be seen as such; absent in browsers, which look beside the page's loop. */
  noticeClosed?(): Promise<void>;
  /** Streams of events that may be open at once: each keeps a connection, of which browsers give a page six. */
  readonly mostStreams?: number;
  /** Looks at what is to be uploaded; reads nothing yet. */
  openSource(source: UploadSource): Promise<OpenSource>;
  /** Sends a file, and returns the answer whatever its status is. */
  sendFile(upload: Upload): Promise<PlainAnswer>;
  readonly uploadMemory: UploadMemory;
  /** SHA-256 of bytes, in lower-case hexadecimal; absent in browsers, which hash only what is in memory as a whole. */
  sha256Of?(content: Blob | AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<string>;
  /** Writes a file that appears whole and right or not at all, and returns its path. */
  saveFile(file: SavedFile): Promise<string>;
  /** Reads a file into memory. In browsers it may not be possible to compare its bytes. */
  readBlob(file: ReceivedFile): Promise<Blob>;
}
