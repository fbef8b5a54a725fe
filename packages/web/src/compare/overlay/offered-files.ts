import { byName } from '../../files/file-order.ts';
import { type FileSource, fileSource } from '../../files/viewers/file-source.ts';
import type { Compared } from '../use-compared.ts';
import { hasColumns } from './columns.ts';

/** A file whose curves can be laid over each other. */
export interface OfferedFile {
  readonly name: string;
  /** Of each experiment, in their order; undefined where it has none. */
  readonly sources: readonly (FileSource | undefined)[];
  /** How many experiments have it. */
  readonly count: number;
}

/** The files with curves that the experiments have, first those that most of them have. */
export function offeredFiles(experiments: readonly Compared[]): OfferedFile[] {
  const byFile = experiments.map(
    ({ uuid, eid, files }) =>
      new Map(
        files
          .map((file) => fileSource(uuid, eid, file))
          .filter(hasColumns)
          .map((source) => [source.name, source]),
      ),
  );
  const names = new Set(byFile.flatMap((sources) => [...sources.keys()]));
  return [...names]
    .map((name) => {
      const sources = byFile.map((one) => one.get(name));
      return { name, sources, count: sources.filter((source) => source !== undefined).length };
    })
    .sort((a, b) => b.count - a.count || byName(a.name, b.name));
}
