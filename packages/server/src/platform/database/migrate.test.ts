import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { migrateSqlite } from './migrate.ts';
import { connectSqlite } from './sqlite.ts';

const MODULES = JSON.stringify(['./migrate.ts', './sqlite.ts'].map((name) => new URL(name, import.meta.url)));
const MIGRATE = `
  const [{ migrateSqlite }, { connectSqlite }] = await Promise.all(${MODULES}.map((url) => import(url)));
  const path = process.argv[1];
  await migrateSqlite(connectSqlite(path), path).catch(({ code }) => console.log(code));
`;
/** No file may become larger than some 50 kB, as on a disk with no more room. */
const WITH_LITTLE_ROOM = 'ulimit -f 100; exec "$0" "$@"';

test('what a commit fails at for want of room is told, and another try goes on', async () => {
  const path = join(await temporaryFolder(), 'aqueduct.db');
  const node = [process.execPath, ...process.execArgv, '--input-type=module', '-e', MIGRATE, path];
  const { stdout } = await promisify(execFile)('sh', ['-c', WITH_LITTLE_ROOM, ...node]);
  expect(stdout).toMatch(/^SQLITE_(FULL|IOERR)/);

  const connection = connectSqlite(path);
  await migrateSqlite(connection, path);
  expect(connection.prepare('select count(*) from experiment').pluck().get()).toBe(0);
  connection.close();
});
