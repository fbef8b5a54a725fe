import { fileURLToPath } from 'node:url';
import { type Child, startNode } from './child.ts';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/aqueduct.js', import.meta.url));

/** Starts `aqueduct serve` as people run it, with all defaults but these. */
export function startAqueduct(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Child> {
  return startNode(
    [COMMAND, 'serve', '--port', '0', '--data-dir', dataDir],
    /answers at http:\/\/localhost:(\d+)/,
    env,
  );
}
