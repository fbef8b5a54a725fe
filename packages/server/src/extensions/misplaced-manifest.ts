import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST, type ParsedManifest } from './parse-manifest.ts';

/** What is wrong in a folder whose manifest has another name or place; undefined where it has none at all. */
export async function misplacedManifest(folder: string): Promise<ParsedManifest | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const other = entries.find(({ name }) => /^manifest\.ya?ml$/i.test(name))?.name;
  if (other === MANIFEST) return { problem: `${MANIFEST} is a link to what is not there` };
  if (other !== undefined) return { problem: `the manifest must be called ${MANIFEST}, not ${other}` };
  // As archives are unpacked that hold one folder.
  const [inner, ...others] = entries.filter((entry) => entry.isDirectory());
  if (!inner || others.length > 0) return undefined;
  const isInner = await access(join(folder, inner.name, MANIFEST)).then(
    () => true,
    () => false,
  );
  return isInner
    ? { problem: `its ${MANIFEST} lies one folder deeper, in ${inner.name}; move all of that one up` }
    : undefined;
}
