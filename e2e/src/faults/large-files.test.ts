import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';
import { isFull } from './how-often.ts';
import { inspection } from './inspect-server.ts';
import { peakMemory } from './processes.ts';
import { canProvoke, hasRoom } from './tools.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** I8. What is bounded shows itself in the short form already. */
const BYTES = isFull ? 8 * GIB : GIB / 4;
const MOST_RESIDENT_MIB = 300;
const MOST_P99_MS = 200;
const ROOM = isFull ? 30 * GIB : 3 * GIB;

const FAULT = `an upload and a download of ${BYTES / GIB} GiB`;
const isPossible = canProvoke(FAULT, 'processes') && hasRoom(FAULT, ROOM);

describe.runIf(isPossible)('I8', () => {
  test(`${FAULT} take at most ${MOST_RESIDENT_MIB} MiB, and the event loop stays free`, {
    timeout: 1_800_000,
  }, async () => {
    const dataDir = await temporaryFolder();
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const inspected = await inspection();
    const server = await startServer({
      dataDir,
      env: { ...inspected.env, AQUEDUCT_UPLOAD_MAX_BYTES: String(BYTES) },
    });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    const { uuid } = await create(server.url, 'x');
    const url = `${server.url}/api/files/${uuid}`;

    const loopP99 = await inspected.watchLoop();
    const sent = createHash('sha256');
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'x-file-name': 'large.bin', 'content-type': 'multipart/form-data; boundary=b' },
      body: ReadableStream.from(largeForm(sent)),
      duplex: 'half',
    } as RequestInit);
    expect(await answer.json()).toEqual({ result: 'Successfuly uploaded large.bin' });

    const received = createHash('sha256');
    const download = await fetch(`${url}/large.bin`);
    for await (const chunk of download.body ?? []) received.update(chunk as Uint8Array);
    expect(received.digest('hex')).toBe(sent.digest('hex'));

    const peak = await peakMemory(server.child.pid);
    const delay = await loopP99();
    console.log(
      `${FAULT}: ${Math.round(peak)} MiB at most, the event loop ${Math.round(delay)} ms late (p99)`,
    );
    expect(peak).toBeLessThanOrEqual(MOST_RESIDENT_MIB);
    expect(delay).toBeLessThanOrEqual(MOST_P99_MS);
  });
});

/** Bytes that repeat only after 1 MiB and a step, so that no two MiB of the file are alike. */
async function* largeForm(hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder();
  const pool = randomBytes(2 * MIB);
  yield text.encode('--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n');
  for (let sent = 0; sent < BYTES; sent += MIB) {
    const start = (sent / MIB) % MIB;
    const piece = pool.subarray(start, start + MIB);
    hash.update(piece);
    yield piece;
  }
  yield text.encode('\r\n--b--\r\n');
}
