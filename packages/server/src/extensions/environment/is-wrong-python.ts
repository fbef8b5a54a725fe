import { accepts } from './accepts.ts';

/** How pip and uv say that a package is not for this Python; uv breaks its lines anywhere. */
const REFUSED =
  /requires a different python|requires-python|current\s+python\s+version\s+\(.*\)\s+does\s+not\s+satisfy/i;
/** How pip lists what it left out, of all packages that it looked at, whenever it finds no version of one of them. */
const LEFT_OUT = /ignored the following versions that require a different python version: .*/i;
const NOT_FOUND =
  /could not find a version that satisfies the requirement [\w.-]+(?:\[.*?\])?\s*([^;()\n]*?)\s*(?:;|\(from )/i;

/**
 * Whether the output of pip or uv says that packages don't accept the Python, so that another one may do. A version that
 * was never released is missing for every Python.
 */
export function isWrongPython(output: string): boolean {
  if (REFUSED.test(output.replace(LEFT_OUT, ''))) return true;
  const versions = [...(LEFT_OUT.exec(output)?.[0] ?? '').matchAll(/(\S+) requires-python/gi)];
  const wanted = NOT_FOUND.exec(output)?.[1] ?? '';
  return versions.some(([, version = '']) => accepts(wanted, version));
}
