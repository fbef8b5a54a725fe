import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test.each([0, 3])('a process that has started PostgreSQL ends with its own status: %i', (status) => {
  const script = `import { startPostgres } from ${JSON.stringify(new URL('./start-postgres.ts', import.meta.url))};
    await (await startPostgres()).stop();
    process.exitCode = ${status};`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  expect(ended.status).toBe(status);
});
