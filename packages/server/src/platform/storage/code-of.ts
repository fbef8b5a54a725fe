/** The code of a failure of the operating system (`ENOENT`, …); empty for any other. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
