import { safeParse } from 'valibot';
import { checkManifest } from './check-manifest.ts';
import type { Extension } from './extension.ts';
import { extensionOf } from './extension-of-manifest.ts';
import { type Fault, faultOfIssue, fieldName } from './manifest-fault.ts';
import { manifestShape } from './manifest-shape.ts';
import { findMisspelt } from './misspelt-keys.ts';
import { readYaml, type YamlContent, YamlError } from './read-yaml.ts';

/** Name of the file that makes a folder an extension. */
export const MANIFEST = 'manifest.yml';
/** More faults of one manifest than this are only counted. */
const MOST_FAULTS = 5;

/** What a manifest says, or what is wrong with it. */
export type ParsedManifest =
  | {
      readonly extension: Extension;
      /** A line for each key that has no effect, but was most likely to have one. */
      readonly notice?: string;
    }
  | {
      /** A line for each fault. */
      readonly problem: string;
      /** What was thrown where nobody expected it: for the log. */
      readonly cause?: unknown;
    };

/**
 * Reads the text of a `manifest.yml`.
 *
 * @param folder - Absolute path of the extension.
 */
export function parseManifest(text: string, folder: string): ParsedManifest {
  try {
    const content = readYaml(text);
    const shaped = safeParse(manifestShape, content.value);
    const faults = shaped.success ? checkManifest(shaped.output) : shaped.issues.map(faultOfIssue);
    if (!shaped.success || faults.length > 0) return { problem: writeFaults(faults, content) };
    const extension = extensionOf(shaped.output, folder);
    const misspelt = findMisspelt(content.value);
    return misspelt.length > 0 ? { extension, notice: writeFaults(misspelt, content) } : { extension };
  } catch (error) {
    if (error instanceof YamlError)
      return { problem: `${MANIFEST}, line ${error.line}: ${error.message}${hintFor(error.message)}` };
    // A fault of ours or of the library, which must not become one of all other extensions.
    return { problem: `${MANIFEST} can't be understood: ${String(error)}`, cause: error };
  }
}

/** What the library says of a text with a colon in it, and of one line that is indented too deep. */
function hintFor(message: string): string {
  if (!/nested mappings|implicit keys|same indentation|all mapping items/i.test(message)) return '';
  return '. Put a text that holds a colon into quotes, and let the keys of one mapping begin in one column';
}

function writeFaults(faults: readonly Fault[], content: YamlContent): string {
  const lines = faults.slice(0, MOST_FAULTS).map(({ path, message }) => {
    const place = [MANIFEST, `line ${content.lineOf(path)}`, ...(path.length > 0 ? [fieldName(path)] : [])];
    return `${place.join(', ')}: ${message}`;
  });
  const more = faults.length - MOST_FAULTS;
  return more > 0 ? `${lines.join('\n')}\n… and ${more} more` : lines.join('\n');
}
