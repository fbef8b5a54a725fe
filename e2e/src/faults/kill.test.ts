import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { create, upload } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';
import { expectClean } from './expect-clean.ts';
import { howOften } from './how-often.ts';
import { KnownWrites } from './known-writes.ts';
import { Load } from './load.ts';

/** On each database; the long form makes the thousand of both. */
const ROUNDS = howOften(8, 500);
const MOST_ANSWERS = 60;
const LONGEST_MOMENT_MS = 30;

describe.concurrent('SIGKILL under load', () => {
  test.for(databases)(
    `on %s: nothing acknowledged is lost in ${ROUNDS} kills`,
    {
      timeout: 180_000 + ROUNDS * 10_000,
    },
    async (database, { onTestFinished }) => {
      const databaseUrl = await newDatabase(database);
      let server = await startServer({ databaseUrl });
      onTestFinished(async () => void (await server.stop('SIGKILL')));
      const all = new KnownWrites();
      const { uuid, eid } = await create(server.url, 'with an upload under way');
      all.created(uuid, eid, 'with an upload under way');
      const bytes = randomBytes(100_000);
      const uploaded = all.sending(uuid, 'data.bin', bytes);
      expect((await upload(server.url, uuid, 'data.bin', bytes)).status).toBe(200);
      uploaded();

      for (let round = 0; round < ROUNDS; round += 1) {
        const cut = new AbortController();
        const cutOff = expect(endlessUpload(server.url, uuid, cut.signal)).rejects.toThrow(TypeError);
        const load = new Load(server.url);
        await load.answered(randomInt(MOST_ANSWERS));
        await sleep(randomInt(LONGEST_MOMENT_MS));
        await server.stop('SIGKILL');
        await cutOff;
        cut.abort();
        const { known } = await load.end();
        server = await startServer({ dataDir: server.dataDir, databaseUrl });
        await known.expectKept(server.url);
        all.add(known);
      }
      expect(all.experiments.size).toBeGreaterThan(1);
      // What earlier rounds left is there after all the later ones, too.
      await all.expectKept(server.url);
      await expectClean(server.dataDir, databaseUrl);
    },
  );
});

/** Replaces a file with one that never ends: in every kill, an upload is in its middle. */
function endlessUpload(base: string, uuid: string, cut: AbortSignal): Promise<Response> {
  return fetch(`${base}/api/files/${uuid}`, {
    method: 'POST',
    headers: { 'x-file-name': 'data.bin', 'content-type': 'multipart/form-data; boundary=b' },
    body: ReadableStream.from(endlessForm(cut)),
    duplex: 'half',
  } as RequestInit);
}

/** `fetch` goes on reading where the connection broke, and keeps all of it. */
async function* endlessForm(cut: AbortSignal): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n');
  while (!cut.aborted) {
    yield randomBytes(20_000);
    await sleep(5);
  }
}
