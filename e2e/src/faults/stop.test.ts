import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';
import { expectClean } from './expect-clean.ts';
import { howOften } from './how-often.ts';
import { Load } from './load.ts';

const ROUNDS = howOften(2, 20);
const DRAINED_WITHIN_MS = 30_000;

describe.each(databases)('SIGTERM under load, on %s', (database) => {
  test(`${ROUNDS} times: what is under way is finished, what was acknowledged is kept`, {
    timeout: 60_000 * ROUNDS,
  }, async () => {
    const databaseUrl = await newDatabase(database);
    let server = await startServer({ databaseUrl });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    for (let round = 0; round < ROUNDS; round += 1) {
      const load = new Load(server.url, { writers: 10 });
      await load.answered(30);
      const asked = performance.now();
      expect(await server.stop('SIGTERM'), server.output()).toBe(0);
      expect(performance.now() - asked).toBeLessThan(DRAINED_WITHIN_MS);
      const { known, answers } = await load.end();
      expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
      server = await startServer({ dataDir: server.dataDir, databaseUrl });
      await known.expectKept(server.url);
    }
    // Nothing was cut off, so nothing is left to clean up.
    await expectClean(server.dataDir, databaseUrl);
  });
});

test('SIGTERM does not wait longer than it is told for a client that does not end', async () => {
  const server = await startServer({ env: { AQUEDUCT_SHUTDOWN_SECONDS: '2' } });
  onTestFinished(async () => void (await server.stop('SIGKILL')));
  const { uuid } = await create(server.url, 'x');
  const socket = connect(Number(new URL(server.url).port), 'localhost');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `POST /api/files/${uuid} HTTP/1.1\r\nHost: localhost\r\nFile_Name: x\r\nContent-Length: 1000000\r\n` +
      'Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nabc',
  );
  await sleep(300);
  const asked = performance.now();
  expect(await server.stop('SIGTERM')).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5000);
  await expect.poll(server.output).toContain('some requests did not end in time and are cut');
});
