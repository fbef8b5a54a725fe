import { useQueries } from '@tanstack/react-query';
import { decodeText } from '../../files/viewers/decode-text.ts';
import type { FileSource } from '../../files/viewers/file-source.ts';
import { parseTree } from '../../files/viewers/parse-tree.ts';
import { failureText } from '../../session/failure-text.ts';
import { byteText } from '../../ui/byte-text.ts';
import { inTurns } from '../in-turns.ts';
import { type FlatValues, flattenValues } from './flatten-values.ts';
import { MOST_PARAMETER_BYTES, type ParameterFile } from './parameter-files.ts';

const KEEP_MS = 60_000;
/**
 * Files may be many: eight times twenty. Of so many workers at once, each would wait for a processor until it counts as too
 * slow, and so would requests for one of the six connections of the browser.
 */
const inTurn = inTurns(2);

/** What an experiment has in a file of parameters. */
export type Parameters =
  | { readonly state: 'absent' | 'reading' }
  | { readonly state: 'unreadable'; readonly reason: string }
  | ({ readonly state: 'read' } & FlatValues);

/** Reads files of parameters, each version once; gives for each file what each experiment has in it. */
export function useParameters(files: readonly ParameterFile[]): Parameters[][] {
  const sources = new Map<string, FileSource>();
  for (const source of files.flatMap((file) => file.sources))
    if (source && source.size <= MOST_PARAMETER_BYTES) sources.set(versionOf(source), source);
  const results = useQueries({ queries: [...sources.values()].map(valuesQuery) });
  const byVersion = new Map([...sources.keys()].map((version, i) => [version, results[i]]));
  return files.map((file) =>
    file.sources.map((source): Parameters => {
      if (!source) return { state: 'absent' };
      if (source.size > MOST_PARAMETER_BYTES) return { state: 'unreadable', reason: tooLarge(source) };
      const { data, error } = byVersion.get(versionOf(source)) ?? {};
      if (error) return { state: 'unreadable', reason: failureText(error) };
      return data ? { state: 'read', ...data } : { state: 'reading' };
    }),
  );
}

function valuesQuery(source: FileSource) {
  return {
    queryKey: ['compare', 'parameters', versionOf(source)],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<FlatValues> =>
      inTurn(async () => {
        const text = decodeText(await source.read(undefined, signal));
        return flattenValues(await parseTree(text, source, signal));
      }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEEP_MS,
    structuralSharing: false,
  };
}

/** Its name says how it is read. */
function versionOf({ name, changed }: FileSource): string {
  return `${changed}/${name}`;
}

function tooLarge({ size }: FileSource): string {
  return `It has ${byteText(size)}, and files up to ${byteText(MOST_PARAMETER_BYTES)} are compared.`;
}
