import { byName } from '../../files/file-order.ts';
import { isTree } from '../../files/viewers/file-kinds.ts';
import { type FileSource, fileSource } from '../../files/viewers/file-source.ts';
import type { Compared } from '../use-compared.ts';

const MiB = 1024 * 1024;
export const MOST_PARAMETER_BYTES = MiB;
/** Of different names. */
export const MOST_PARAMETER_FILES = 20;

/** A file of JSON or YAML that several experiments have under the same name. */
export interface ParameterFile {
  readonly name: string;
  /** Of each experiment, in their order; undefined where it has none. */
  readonly sources: readonly (FileSource | undefined)[];
  /** All that have it have the same bytes. */
  readonly isSame: boolean;
}

/** A notebook is JSON, but no list of parameters. */
function holdsParameters(source: FileSource): boolean {
  return isTree(source) && !/\.ipynb$/i.test(source.name);
}

/** The files with parameters in these experiments, by name; what only one has is compared with nothing. */
export function parameterFiles(experiments: readonly Compared[]): ParameterFile[] {
  const files = experiments.map(
    ({ uuid, eid, files: all }) =>
      new Map(
        all
          .map((file) => fileSource(uuid, eid, file))
          .filter(holdsParameters)
          .map((source) => [source.name, source]),
      ),
  );
  const names = [...new Set(files.flatMap((byFile) => [...byFile.keys()]))].sort(byName);
  return names.flatMap((name) => {
    const sources = files.map((byFile) => byFile.get(name));
    const hashes = sources.flatMap((source) => source?.changed ?? []);
    return hashes.length > 1 ? [{ name, sources, isSame: new Set(hashes).size === 1 }] : [];
  });
}
