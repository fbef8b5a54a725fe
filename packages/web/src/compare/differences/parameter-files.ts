import { byName } from '../../files/file-order.ts';
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

/** The files with parameters in these experiments, by name; what only one has is compared with nothing. */
export function parameterFiles(experiments: readonly Compared[]): ParameterFile[] {
  const files = experiments.map(
    ({ uuid, eid, files: all }) =>
      new Map(all.filter(holdsParameters).map((file) => [file.name, fileSource(uuid, eid, file)])),
  );
  const names = [...new Set(files.flatMap((byFile) => [...byFile.keys()]))].sort(byName);
  return names.flatMap((name) => {
    const sources = files.map((byFile) => byFile.get(name));
    const hashes = sources.flatMap((source) => source?.changed ?? []);
    return hashes.length > 1 ? [{ name, sources, isSame: new Set(hashes).size === 1 }] : [];
  });
}

function holdsParameters({ name, mediaType }: Compared['files'][number]): boolean {
  return /[/+](json|yaml)$/.test(mediaType) || /\.(json|ya?ml)$/i.test(name);
}
