/**
 * The start of a script whose programs run in Node: they find `@aqueduct/client` without having installed it, and so do
 * those that they start.
 */
export function clientForScripts(): string {
  // Beside this module: as a source file in tests, as a bundle in an installation.
  const isSource = import.meta.url.endsWith('.ts');
  const hook = new URL(isSource ? './register-client.ts' : './register-client.js', import.meta.url).href;
  const options = [`--import=${hook}`, ...(isSource ? ['--conditions=aqueduct-source'] : [])];
  return `export NODE_OPTIONS="$NODE_OPTIONS "'${options.join(' ').replaceAll("'", '%27')}'; `;
}
