import { constants } from 'node:os';

/** Node has no names for these: "Unknown system error -116". Of the last one it has no number either; this is Linux's. */
const UNNAMED = new Map([
  [-constants.errno.EDQUOT, 'EDQUOT'],
  [-constants.errno.ESTALE, 'ESTALE'],
  [-117, 'EUCLEAN'],
]);

/** The code of a failure of the operating system (`ENOENT`, …); empty for any other. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const name = 'errno' in error ? UNNAMED.get(Number(error.errno)) : undefined;
  return name ?? ('code' in error ? String(error.code) : '');
}
