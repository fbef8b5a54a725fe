import { readFileSync } from 'node:fs';

export interface Example {
  /** File and line. */
  readonly where: string;
  /** A whole program. */
  readonly program: string;
}

/**
 * The examples in a file's comments or Markdown. One without imports goes on where the first of its file, that of the
 * class, ended its preparation.
 */
export function examplesOf(file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(/^( *\* )?```ts\n([\s\S]*?)^( *\* )?```$/gm)].map((match) => ({
    where: `${file.replace(/.*\/packages\//, '')}:${text.slice(0, match.index).split('\n').length}`,
    code: (match[2] ?? '').replace(/^ *\* ?/gm, ''),
  }));
  const preparation = (found[0]?.code ?? '').split('\n').filter(isPreparation(file)).join('\n');
  return found.map(({ where, code }) => ({
    where,
    program: code.includes('import ') ? code : `${preparation}\n{\n${code}}\n`,
  }));
}

function isPreparation(file: string) {
  const names = file.endsWith('/experiment.ts')
    ? /^(import|const api|const experiment)\b/
    : /^(import|const api)\b/;
  return (line: string) => names.test(line);
}
