const NO_FILTER = /required filter '?([^']*?)'? is not registered/i;

/** What the HDF5 library's report of a failure means, as a sentence. */
export function failureOf(error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (!text.startsWith('HDF5-DIAG')) return error instanceof Error ? error : new Error(text);
  const [, filter] = NO_FILTER.exec(text) ?? [];
  if (filter !== undefined)
    return new Error(`The data is compressed by “${filter}”, which can not be read here.`, { cause: error });
  if (/file signature not found/.test(text))
    return new Error('This is no HDF5 file: it does not begin as one.', { cause: error });
  if (/truncated file/.test(text))
    return new Error('The file is incomplete: it ends before its data does.', { cause: error });
  // The innermost says what is wrong.
  const reason = [...text.matchAll(/#\d{3}: .*?\(\): (.+)$/gm)].at(-1)?.[1] ?? 'unknown';
  return new Error(`The HDF5 library can not read it: ${reason}.`, { cause: error });
}
