import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The functions of in-browser.ts as a script for a page, where they are `inBrowser`. */
export async function browserScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./in-browser.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'inBrowser',
    conditions: ['aqueduct-source'],
  });
  return outputFiles[0]?.text ?? '';
}
