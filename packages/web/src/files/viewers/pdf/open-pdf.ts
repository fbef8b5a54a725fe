import {
  GlobalWorkerOptions,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentLoadingTask,
  VerbosityLevel,
} from 'pdfjs-dist';
import rendererUrl from 'pdfjs-dist/build/pdf.renderer.min.mjs?url';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import type { FileSource } from '../file-source.ts';
import { NotShown } from '../not-shown.ts';
import { readRange } from '../read-range.ts';
import { PdfData } from './pdf-data.ts';

GlobalWorkerOptions.workerSrc = workerUrl;
// Drawing as well happens beside the page: what takes long there holds nothing up.
Object.assign(GlobalWorkerOptions, { rendererSrc: rendererUrl });

/** Bytes that are read at once. */
const CHUNK = 256 * 1024;
/** Larger images of a PDF are left out. */
const MOST_PIXELS = 64 * 1024 * 1024;

/** Reads of a file what is needed. */
class Ranges extends PDFDataRangeTransport {
  readonly #source: FileSource;
  readonly #onError: (error: unknown) => void;
  readonly #ending = new AbortController();

  constructor(source: FileSource, onError: (error: unknown) => void) {
    super(source.size, null);
    this.#source = source;
    this.#onError = onError;
  }

  override requestDataRange(begin: number, end: number): void {
    const { signal } = this.#ending;
    readRange(this.#source.location, begin, end, signal).then(
      (bytes) => this.onDataRange(begin, bytes),
      (error: unknown) => {
        if (!signal.aborted) this.#onError(error);
      },
    );
  }

  override abort(): void {
    this.#ending.abort();
  }
}

/**
 * Opens a PDF by ranges. Its scripts never run: pdf.js runs them only where it is given a sandbox for them, and forms are
 * drawn as they are printed.
 *
 * @param onError - learns of a part that can't be read.
 */
export function openPdf(source: FileSource, onError: (error: unknown) => void): PDFDocumentLoadingTask {
  return getDocument({
    range: new Ranges(source, onError),
    rangeChunkSize: CHUNK,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    maxImageSize: MOST_PIXELS,
    BinaryDataFactory: PdfData,
    useWorkerFetch: false,
    // Broken files are for the viewer to tell of, not for the console.
    verbosity: VerbosityLevel.ERRORS,
  });
}

/** Why a PDF does not open, in words. */
export function pdfFailure(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'PasswordException')
    return new NotShown('The PDF asks for a password. Download it to open it elsewhere.');
  if (name === 'InvalidPDFException' || name === 'UnknownErrorException')
    return new NotShown(`This is no PDF that can be read: ${message}`);
  return error instanceof Error ? error : new Error(message);
}
