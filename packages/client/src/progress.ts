import { checkFunction, checkSignal } from './check-arguments.ts';
import type { OptionChecks } from './check-options.ts';
import { untilAborted } from './until-aborted.ts';

/** How far a transfer is. */
export interface Progress {
  /** Bytes of the file that went through. After a lost connection it may be fewer than before: those that the server has. */
  readonly bytes: number;
  /** Bytes of the whole file, where that is known: not for an upload of a stream or of an empty file. */
  readonly total: number | undefined;
}

/** Options of everything that moves a file. */
export interface TransferOptions {
  /**
   * Called as the bytes move. A promise that it returns is waited for, in browsers at the end of an upload only. What it
   * throws, or its promise rejects with, ends the transfer.
   */
  readonly onProgress?: ((progress: Progress) => unknown) | undefined;
  /** Ends the transfer; the method then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Calls back, and waits for what that returns, unless the transfer is aborted. */
export async function report({ onProgress, signal }: TransferOptions, progress: Progress): Promise<void> {
  if (onProgress) await untilAborted(Promise.resolve(onProgress(progress)), signal);
}

/** Options of every method that asks the server. */
export interface RequestOptions {
  /** Gives up the request; the method then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export const requestOptions: OptionChecks<RequestOptions> = { signal: checkSignal };

export const transferOptions: OptionChecks<TransferOptions> = {
  onProgress: checkFunction,
  ...requestOptions,
};
