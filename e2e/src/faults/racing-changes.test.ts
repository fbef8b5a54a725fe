import { randomBytes } from 'node:crypto';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { sha256 } from '../verify-installation.ts';
import { expectClean } from './expect-clean.ts';
import { howOften } from './how-often.ts';
import { KnownWrites } from './known-writes.ts';

const DOWNLOADS = howOften(4, 50);
const RACES = howOften(20, 300);
/** More than the buffers between server and client hold. */
const OLD = randomBytes(12_000_000);
const NEW = randomBytes(12_000_000);

describe.each(databases)('on %s', (database) => {
  test('a download that is under way keeps its version, replaced or deleted', async () => {
    const { server, uuid, databaseUrl } = await serverWithExperiment(database);
    for (let i = 0; i < DOWNLOADS; i += 1) {
      await upload(server.url, uuid, 'data.bin', OLD);
      const answer = await fetch(`${server.url}/api/files/${uuid}/data.bin`);
      const isReplaced = i % 2 === 0;
      const change = isReplaced
        ? upload(server.url, uuid, 'data.bin', NEW)
        : remove(server, uuid, 'data.bin');
      expect((await change).status).toBe(200);
      expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256(OLD));
      const after = await fetch(`${server.url}/api/files/${uuid}/data.bin`);
      expect(after.status).toBe(isReplaced ? 200 : 404);
      if (isReplaced) expect(sha256(new Uint8Array(await after.arrayBuffer()))).toBe(sha256(NEW));
    }
    await expectClean(server.dataDir, databaseUrl);
  });

  test(`an upload and a deletion of one name at once, ${RACES} times: one after the other, whichever`, async () => {
    const { server, uuid, known, databaseUrl } = await serverWithExperiment(database);
    for (let i = 0; i < RACES; i += 1) {
      const name = `file-${i % 3}`;
      const bytes = randomBytes(1000);
      const uploaded = known.sending(uuid, name, bytes);
      const [arrival, deletion] = await Promise.all([
        upload(server.url, uuid, name, bytes),
        remove(server, uuid, name),
      ]);
      expect(arrival.status).toBe(200);
      uploaded();
      // With nothing to delete yet, the upload was the second.
      expect([200, 400, 409]).toContain(deletion.status);
      if (deletion.status === 200) known.sending(uuid, name);
      await known.expectKept(server.url);
    }
    await expectClean(server.dataDir, databaseUrl);
  });
});

async function serverWithExperiment(database: (typeof databases)[number]) {
  const databaseUrl = await newDatabase(database);
  const server = await startServer({ databaseUrl });
  onTestFinished(async () => void (await server.stop('SIGKILL')));
  const known = new KnownWrites();
  const { uuid, eid } = await create(server.url, 'x');
  known.created(uuid, eid, 'x');
  return { server, uuid, known, databaseUrl };
}

function remove(server: ServerProcess, uuid: string, name: string): Promise<Response> {
  return fetch(`${server.url}/api/files/${uuid}/delete_files`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ file_list: [name] }),
  });
}
