/** How far a transfer is. */
export interface Progress {
  /** Bytes of the file that went through. */
  readonly bytes: number;
  /** Bytes of the whole file, where that is known: not for a stream that is uploaded. */
  readonly total: number | undefined;
}

/** Options of everything that moves a file. */
export interface TransferOptions {
  /** Called as the bytes move; what it throws ends the transfer. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the transfer; the method then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of every method that asks the server. */
export interface RequestOptions {
  /** Gives up the request; the method then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
