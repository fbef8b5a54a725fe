import { closeSync, openSync, readSync } from 'node:fs';

/** Programs name their loader near their beginning. */
const BEGINNING = 4096;

let known: string | undefined;

/** What compiled packages are made for: `linux-x64-glibc`, `linux-arm64-musl`, `darwin-arm64`. */
export function thisMachine(): string {
  known ??= [process.platform, process.arch, ...(process.platform === 'linux' ? [libc()] : [])].join('-');
  return known;
}

/** By the loader of our own Node: `process.report` knows it too, and takes 50 ms, in which nothing else happens. */
function libc(): string {
  let program: number | undefined;
  try {
    program = openSync(process.execPath, 'r');
    const bytes = Buffer.alloc(BEGINNING);
    readSync(program, bytes);
    return bytes.includes('/ld-musl-') ? 'musl' : 'glibc';
  } catch {
    // An update has taken it away. What most have.
    return 'glibc';
  } finally {
    if (program !== undefined) closeSync(program);
  }
}
