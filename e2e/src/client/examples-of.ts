import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

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

/** What is at hand in the examples of a class, as its documentation says. */
const AT_HAND: Readonly<Record<string, RegExp>> = {
  'experiment.ts': /^(import|const (api|experiment))\b/,
  'extension-action.ts': /^(import|const (api|experiment|action))\b/,
  'task.ts': /^(import|const (api|experiment|action|task))\b/,
};

function isPreparation(file: string) {
  const lines = AT_HAND[basename(file)] ?? /^(import|const api)\b/;
  return (line: string) => lines.test(line);
}
