import { NotShown } from '../not-shown.ts';
import type { FileLocation } from '../read-range.ts';
import type { Hdf5Answer, Hdf5Calls } from './hdf5-worker.ts';

/** Without a sign of progress for so long, a file is hostile or damaged. */
const LIMIT_MS = 30_000;
const TOO_LONG =
  'Reading this took longer than 30 seconds without any progress, and was ended. The file may be damaged.';

interface Waiting {
  readonly name: keyof Hdf5Calls;
  readonly arguments: readonly unknown[];
  readonly signal: AbortSignal | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * An HDF5 file that a worker has open: it reads only what is asked for. Calls are answered one after the other; one
 * that takes too long ends its worker, and the next gets another.
 */
export class Hdf5Session {
  readonly #location: FileLocation;
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;
  #current: Waiting | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(location: FileLocation) {
    this.#location = location;
  }

  /**
   * Asks something of the file.
   *
   * @param signal - takes the call back as long as it waits; the one that is being answered goes on.
   * @throws Error with a sentence; NotShown where the file is why.
   */
  call<Name extends keyof Hdf5Calls>(
    name: Name,
    values: Parameters<Hdf5Calls[Name]>,
    signal?: AbortSignal,
  ): Promise<ReturnType<Hdf5Calls[Name]>> {
    return new Promise((resolve, reject) => {
      const done = resolve as (value: unknown) => void;
      this.#waiting.push({ name, arguments: values, signal, resolve: done, reject });
      this.#next();
    });
  }

  /** Ends the worker; what still waits fails. */
  close(): void {
    this.#endWorker();
    const closed = new DOMException('The file was closed.', 'AbortError');
    for (const { reject } of [...(this.#current ? [this.#current] : []), ...this.#waiting.splice(0)])
      reject(closed);
    this.#current = undefined;
  }

  #next(): void {
    if (this.#current) return;
    const next = this.#waiting.shift();
    if (!next) return;
    if (next.signal?.aborted) {
      next.reject(next.signal.reason);
      this.#next();
      return;
    }
    this.#current = next;
    this.#worker ??= this.#startWorker();
    this.#restartTimer();
    this.#worker.postMessage({ name: next.name, arguments: next.arguments });
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('./hdf5-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Hdf5Answer>) => this.#take(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#take({
        kind: 'broken',
        message: `The HDF5 library does not run here (${event.message || 'not loaded'}).`,
      });
    });
    worker.postMessage(this.#location);
    return worker;
  }

  #take(answer: Hdf5Answer): void {
    this.#restartTimer();
    if (answer.kind === 'progress') return;
    clearTimeout(this.#timer);
    if (answer.kind === 'broken') this.#endWorker();
    const { resolve, reject } = this.#current ?? {};
    this.#current = undefined;
    if (answer.kind === 'value') resolve?.(answer.value);
    else reject?.(new (answer.kind === 'failed' ? NotShown : Error)(answer.message));
    this.#next();
  }

  #restartTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#take({ kind: 'broken', message: TOO_LONG }), LIMIT_MS);
  }

  #endWorker(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
