import type { Extension } from '../extension.ts';
import { parseManifest } from '../parse-manifest.ts';

/** What a manifest begins with. */
export const head = 'name: Lab\nauthors: lab@example.org\n';
/** The smallest one. */
export const noActions = `${head}actions: []\n`;

/** A manifest of one action with one parameter of these fields. */
export function withParameter(fields: string): string {
  return `${head}actions: [{name: run, script: s, parameters: [{${fields}}]}]`;
}

/** The extension that a manifest describes. */
export function read(manifest: string): Extension {
  const parsed = parseManifest(manifest, '/lab/resonator');
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.extension;
}

/** What is wrong with a manifest. */
export function problemOf(manifest: string): string {
  const parsed = parseManifest(manifest, '/lab/resonator');
  return 'problem' in parsed ? parsed.problem : 'none';
}
