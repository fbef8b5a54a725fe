/** What is below an error of `fetch`: Node wraps it, and "fetch failed" alone says nothing. */
export function deepestCause(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return deepestCause(error.errors[0]);
  return error instanceof Error && error.cause !== undefined ? deepestCause(error.cause) : error;
}

/** The code that Node gives to its errors; undefined in browsers, which say nothing. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
