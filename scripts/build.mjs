// Builds what runs: the command with the server in it, the example extensions, the web interface, and the pages' own
// scripts.
import { cpSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'esbuild';
import { buildWeb } from './build-web.mjs';

/** Files that run on their own: the command, threads and processes that it starts, and what scripts of extensions load. */
const entryPoints = {
  main: 'packages/cli/src/main.ts',
  'reader-thread': 'packages/server/src/platform/database/reader-thread.ts',
  'launcher-process': 'packages/server/src/platform/child-process/launcher-process.ts',
  'register-client': 'packages/server/src/extensions/environment/register-client.ts',
  'extension-client': 'packages/client/src/index.ts',
};

rmSync('packages/cli/dist', { recursive: true, force: true });
await build({
  entryPoints,
  outdir: 'packages/cli/dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  conditions: ['aqueduct-source'],
  // Native code, and what is loaded only where PostgreSQL is used.
  external: ['better-sqlite3', 'pg', 'pg-native'],
  sourcemap: 'linked',
  minifySyntax: true,
  // Its text stays in memory.
  minifyWhitespace: true,
  // So that places in traces can be found.
  lineLimit: 160,
  legalComments: 'none',
  logLevel: 'warning',
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url); const __filename = import.meta.filename; const __dirname = import.meta.dirname;",
  },
});
await build({
  entryPoints: { graphiql: 'packages/server/src/app/graphiql/graphiql.js' },
  outdir: 'packages/server/dist-assets/graphiql',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.woff2': 'dataurl', '.ttf': 'dataurl' },
  legalComments: 'none',
  logLevel: 'warning',
});
cpSync('extensions', 'packages/cli/dist/extensions', {
  recursive: true,
  // Without what was made by running them here.
  filter: (path) => !/^(\.|node_modules$|__pycache__$)/.test(basename(path)),
});
await buildWeb();
