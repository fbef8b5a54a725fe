/**
 * Options of Node under which scripts find `@aqueduct/client` without having installed it, quoted for a shell. They go
 * into `NODE_OPTIONS`, so that what a script starts finds it too.
 */
export function clientOptions(): string {
  // Beside this module: as a source file in tests, as a bundle in an installation.
  const isSource = import.meta.url.endsWith('.ts');
  const hook = new URL(isSource ? './register-client.ts' : './register-client.js', import.meta.url).href;
  const options = [`--import=${hook}`, ...(isSource ? ['--conditions=aqueduct-source'] : [])];
  return `'${options.join(' ').replaceAll("'", '%27')}'`;
}
