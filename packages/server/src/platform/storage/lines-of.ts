import { readFile } from 'node:fs/promises';
import { codeOf } from './code-of.ts';

/** The lines of a small file, each once; none where there is no such file. */
export async function linesOf(path: string): Promise<Set<string>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  });
  return linesIn(text);
}

/**
 * The lines of a text, each once, at its last place. People write some of them, with editors that begin a file with a byte
 * order mark, or end lines in two characters.
 */
export function linesIn(text: string): Set<string> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return new Set(new Set(lines.reverse()).values().toArray().reverse());
}
