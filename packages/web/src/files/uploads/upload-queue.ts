import type { SendFile } from './send-file.ts';

/** Speed is measured over this time. */
const SPEED_SPAN_MS = 3000;
/** Of thousands of small files, more changes in a second than can be drawn, or read. */
const TELL_EVERY_MS = 100;

export type UploadState = 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled';

/** A file on its way to the server. */
export interface Upload {
  readonly id: number;
  readonly experimentUuid: string;
  readonly name: string;
  readonly file: Blob;
  readonly state: UploadState;
  /** Bytes that have left. */
  readonly sent: number;
  /** What went wrong, with `failed`. */
  readonly error?: unknown;
}

/**
 * Uploads of all experiments: they go on while other pages are looked at.
 */
export class UploadQueue {
  readonly #listeners = new Set<() => void>();
  /** What is on its way, also what was cancelled until nothing of it can arrive any more. */
  readonly #sending = new Map<number, { readonly upload: Upload; readonly abort: AbortController }>();
  readonly #marks: { at: number; sent: number }[] = [];
  readonly #send: SendFile;
  readonly #atOnce: number;
  readonly #uploads = new Map<number, Upload>();
  #snapshot: readonly Upload[] | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;
  #lastId = 0;
  #sentInAll = 0;

  /** @param atOnce - so many are sent at the same time. */
  constructor(send: SendFile, atOnce: number) {
    this.#send = send;
    this.#atOnce = atOnce;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly Upload[] => (this.#snapshot ??= [...this.#uploads.values()]);

  /** Bytes per second, of all together. */
  speed(): number {
    const [first] = this.#marks;
    const last = this.#marks.at(-1);
    return first && last && last.at > first.at ? ((last.sent - first.sent) / (last.at - first.at)) * 1000 : 0;
  }

  /** Sends files, in their order. */
  add(experimentUuid: string, files: readonly { name: string; file: Blob }[]): void {
    // What came to its end before makes room for the new ones; what failed can still be sent again.
    const names = new Set(files.map(({ name }) => name));
    this.#forget(experimentUuid, ({ state, name }) => state !== 'failed' || names.has(name));
    for (const { name, file } of files) {
      this.#lastId += 1;
      const id = this.#lastId;
      this.#uploads.set(id, { id, experimentUuid, name, file, state: 'waiting', sent: 0 });
    }
    this.#tell();
    this.#sendNext();
  }

  /** Sends one again that failed. */
  retry(id: number): void {
    this.#change(id, { state: 'waiting', sent: 0, error: undefined });
    this.#sendNext();
  }

  /** Sends all again that failed on their way to an experiment. */
  retryAll(experimentUuid: string): void {
    for (const { id, state, experimentUuid: its } of this.snapshot())
      if (state === 'failed' && its === experimentUuid) this.retry(id);
  }

  /** Ends one that waits or is being sent. */
  cancel(id: number): void {
    const upload = this.#uploads.get(id);
    if (!upload || !isOpen(upload)) return;
    this.#change(id, { state: 'cancelled' });
    this.#sending.get(id)?.abort.abort(new Error('The upload was cancelled.'));
  }

  /** Ends all that wait or are being sent to an experiment. */
  cancelAll(experimentUuid: string): void {
    const open = this.snapshot().filter(
      (upload) => upload.experimentUuid === experimentUuid && isOpen(upload),
    );
    for (const { id } of open.toReversed()) this.cancel(id);
  }

  /** Forgets what has come to its end. */
  clear(experimentUuid: string): void {
    this.#forget(experimentUuid, () => true);
    this.#tell();
  }

  /** Forgets of what has come to its end that which fits. */
  #forget(experimentUuid: string, isUnwanted: (upload: Upload) => boolean): void {
    for (const upload of this.snapshot())
      if (upload.experimentUuid === experimentUuid && !isOpen(upload) && isUnwanted(upload))
        this.#uploads.delete(upload.id);
  }

  #sendNext(): void {
    while (this.#sending.size < this.#atOnce) {
      // Of two versions of one file that are sent at once, the older one could end last, and stay.
      const next = this.snapshot().find((upload) => upload.state === 'waiting' && !this.#isOnItsWay(upload));
      if (!next) return;
      void this.#sendOne(next);
    }
  }

  #isOnItsWay(upload: Upload): boolean {
    return [...this.#sending.values()].some((sent) => isSameFile(sent.upload, upload));
  }

  async #sendOne(upload: Upload): Promise<void> {
    const { id, experimentUuid, name, file } = upload;
    const abort = new AbortController();
    this.#sending.set(id, { upload, abort });
    this.#change(id, { state: 'sending' });
    try {
      await this.#send(experimentUuid, name, file, {
        signal: abort.signal,
        onProgress: (sent) => this.#progress(id, sent),
      });
      this.#progress(id, file.size);
      this.#change(id, { state: 'done' });
    } catch (error) {
      const isCancelled = this.#uploads.get(id)?.state === 'cancelled';
      // Sent again, it would replace the newer version that waited for its end.
      const isOutdated = this.snapshot().some(
        (other) => other.id > id && isOpen(other) && isSameFile(other, upload),
      );
      this.#change(id, isCancelled || isOutdated ? { state: 'cancelled' } : { state: 'failed', error });
    } finally {
      this.#sending.delete(id);
      this.#sendNext();
    }
  }

  #progress(id: number, sent: number): void {
    const before = this.#uploads.get(id)?.sent ?? 0;
    this.#sentInAll += Math.max(0, sent - before);
    const at = performance.now();
    this.#marks.push({ at, sent: this.#sentInAll });
    while ((this.#marks[0]?.at ?? at) < at - SPEED_SPAN_MS) this.#marks.shift();
    this.#change(id, { sent });
  }

  #change(id: number, change: Partial<Upload>): void {
    const upload = this.#uploads.get(id);
    if (!upload) return;
    this.#uploads.set(id, { ...upload, ...change });
    this.#tell();
  }

  #tell(): void {
    this.#snapshot = undefined;
    this.#telling ??= setTimeout(
      () => {
        this.#telling = undefined;
        this.#toldAt = performance.now();
        for (const listener of this.#listeners) listener();
      },
      Math.max(0, this.#toldAt + TELL_EVERY_MS - performance.now()),
    );
  }
}

/** Whether an upload is still to come to its end. */
export function isOpen({ state }: Upload): boolean {
  return state === 'waiting' || state === 'sending';
}

function isSameFile(one: Upload, other: Upload): boolean {
  return one.experimentUuid === other.experimentUuid && one.name === other.name;
}
