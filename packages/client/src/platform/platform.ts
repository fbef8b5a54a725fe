import type { PlainAnswer } from '../errors/failure-of-answer.ts';
import type { Progress } from '../progress.ts';

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
}

export interface Upload {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly source: OpenSource;
  /** Seconds of silence allowed until the connection stands, where that is known. */
  readonly timeout: number;
  /** Seconds in which nothing may move after that, and until the answer is there. */
  readonly patience: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SavedFile {
  readonly directory: string;
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What the bytes must have, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** What Node and browsers do differently. */
export interface Platform {
  /** The token that the environment holds. */
  environmentToken(): string | undefined;
  /** Looks at what is to be uploaded; reads nothing yet. */
  openSource(source: UploadSource): Promise<OpenSource>;
  /** Sends a file as the field `file` of a form, and returns the answer whatever its status is. */
  sendForm(upload: Upload): Promise<PlainAnswer>;
  /** Writes a file that appears whole and right or not at all, and returns its path. */
  saveFile(file: SavedFile): Promise<string>;
}
