#!/usr/bin/env node
// Plain JavaScript that any Node understands: an old one hands over to the Node that the project installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const here = dirname(fileURLToPath(import.meta.url));

if (!existsSync(join(here, '..', 'dist', 'main.js'))) {
  console.error(
    `Aqueduct is not built yet. Run "node scripts/prepare.cjs" in ${join(here, '..', '..', '..')}.`,
  );
  process.exitCode = 1;
} else if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  // More threads for files: each upload that syncs keeps one busy.
  process.env.UV_THREADPOOL_SIZE ??= '8';
  // Compiled code is kept, which halves the time to start.
  const { enableCompileCache, flushCompileCache } = createRequire(import.meta.url)('node:module');
  enableCompileCache(join(here, '..', 'dist', '.compile-cache'));
  await import('../dist/main.js');
  setTimeout(flushCompileCache, 3000).unref();
} else {
  const node = ownNode(here);
  if (node) {
    const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    // Those that are sent to this process alone are passed on. A terminal sends its own to the child too, which takes
    // several that come at once for one.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
  } else {
    console.error(
      `Aqueduct needs Node ${NEEDED} or later; this is ${process.version}. Run "npm install" here, or install a newer Node.`,
    );
    process.exitCode = 1;
  }
}

function ownNode(folder) {
  const node = join(folder, 'node_modules', '.bin', 'node');
  if (existsSync(node)) return node;
  return dirname(folder) === folder ? undefined : ownNode(dirname(folder));
}
