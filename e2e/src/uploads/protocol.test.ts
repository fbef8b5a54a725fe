import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, graphql } from '../graphql-client.ts';
import { runCommand, type ServerProcess, startServer } from '../start-server.ts';
import { append, begin, begun, discard, look, offsetOf } from './tus.ts';

const LIMIT = 1_000_000;
const OCTETS = 'application/offset+octet-stream';

describe.each(databases)('uploads in pieces, on %s', (database) => {
  const env = { AQUEDUCT_UPLOAD_MAX_BYTES: String(LIMIT), AQUEDUCT_UPLOADS_AT_ONCE: '2' };
  let server: ServerProcess;
  let uuid = '';
  const bytes = randomBytes(300_000);
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  beforeAll(async () => {
    server = await startServer({ databaseUrl: await newDatabase(database), env });
    uuid = (await create(server.url, 'with uploads')).uuid;
  });
  afterAll(async () => void (await server?.stop()));

  const download = (name: string) => fetch(`${server.url}/api/files/${uuid}/${name}`);
  const parts = () => readdir(join(server.dataDir, 'objects/.parts'));
  const bytesOfPart = async (upload: string) =>
    (await stat(join(server.dataDir, 'objects/.parts', basename(upload)))).size;

  test('says what it speaks', async () => {
    const answer = await fetch(`${server.url}/api/uploads`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'tus-resumable': '1.0.0',
      'tus-version': '1.0.0',
      'tus-max-size': String(LIMIT),
      'tus-extension': 'creation,creation-with-upload,expiration,termination',
    });
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });

  test('refuses other versions, and requests without one', async () => {
    for (const headers of [{}, { 'tus-resumable': '0.2.2' }] as Record<string, string>[]) {
      const answer = await fetch(`${server.url}/api/uploads`, { method: 'POST', headers });
      expect(answer.status).toBe(412);
      expect(answer.headers.get('tus-version')).toBe('1.0.0');
      expect(await answer.json()).toMatchObject({ code: 'UNSUPPORTED_VERSION' });
    }
  });

  test('takes a file in pieces, and shows it only when it is whole', async () => {
    const upload = await begun(server.url, uuid, 'pieces.bin', bytes.length);
    for (let offset = 0; offset < bytes.length; offset += 100_000) {
      expect(await offsetOf(upload)).toBe(offset);
      expect((await download('pieces.bin')).status).toBe(404);
      const answer = await append(upload, offset, bytes.subarray(offset, offset + 100_000));
      expect(answer.status).toBe(204);
      expect(answer.headers.get('upload-offset')).toBe(String(offset + 100_000));
      const isLast = offset + 100_000 === bytes.length;
      expect(answer.headers.has('upload-expires')).toBe(!isLast);
      expect(answer.headers.get('etag')).toBe(isLast ? `"${sha256}"` : null);
    }
    expect(Buffer.from(await (await download('pieces.bin')).arrayBuffer()).equals(bytes)).toBe(true);
    // Whoever lost the last answer learns that all is there.
    const finished = await look(upload);
    expect(finished.headers.get('upload-offset')).toBe(String(bytes.length));
    expect(finished.headers.get('etag')).toBe(`"${sha256}"`);
    const again = await append(upload, bytes.length, bytes.subarray(0, 0));
    expect([again.status, again.headers.get('upload-offset')]).toEqual([204, String(bytes.length)]);
    expect(again.headers.get('etag')).toBe(`"${sha256}"`);
    expect((await discard(upload)).status).toBe(400);
    expect((await download('pieces.bin')).status).toBe(200);
    expect(await parts()).toEqual([]);
  });

  test('takes a file with its creation, and an empty one', async () => {
    const type = { 'content-type': OCTETS };
    const metadata = { experiment: uuid, filename: 'at-once.bin', sha256 };
    const answer = await begin(server.url, bytes.length, metadata, { headers: type, body: bytes });
    expect([answer.status, answer.headers.get('upload-offset')]).toEqual([201, String(bytes.length)]);
    expect((await download('at-once.bin')).headers.get('etag')).toBe(`"${sha256}"`);
    const empty = await begin(server.url, 0, { experiment: uuid, filename: 'empty' });
    expect(empty.status).toBe(201);
    expect((await download('empty')).headers.get('content-length')).toBe('0');
  });

  test('is named, placed and limited as other uploads are', async () => {
    const refused = async (size: number, metadata: Record<string, string>) => {
      const answer = await begin(server.url, size, metadata);
      const { detail } = (await answer.json()) as { detail: unknown };
      return [answer.status, typeof detail === 'string' ? detail : 'a list'];
    };
    expect(await refused(1, { experiment: uuid })).toEqual([
      422,
      'The header Upload-Metadata must name the file: filename, then its name in Base64.',
    ]);
    expect(await refused(1, { experiment: 'x', filename: 'a' })).toEqual([422, 'a list']);
    expect(await refused(1, { experiment: uuid, filename: '../a' })).toEqual([400, 'Invalid file name.']);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await refused(1, { experiment: nobody, filename: 'a' })).toEqual([
      404,
      'The specified experiment was not found.',
    ]);
    expect(await refused(LIMIT + 1, { experiment: uuid, filename: 'a' })).toEqual([
      413,
      `Maximum file size limit (${LIMIT} bytes) exceeded.`,
    ]);
    expect((await refused(1, { experiment: uuid, filename: 'a', sha256: 'abc' }))[0]).toBe(400);
    expect(await parts()).toEqual([]);
  });

  test('takes names of disks that know no UTF-8, each as its own', async () => {
    for (const name of ['ä.dat', 'ö.dat', 'ü€.dat']) {
      const filename = Buffer.from(name, name.includes('€') ? 'utf8' : 'latin1').toString('base64');
      const metadata = `experiment ${Buffer.from(uuid).toString('base64')},filename ${filename}`;
      const headers = { 'tus-resumable': '1.0.0', 'upload-length': '0', 'upload-metadata': metadata };
      const answer = await fetch(`${server.url}/api/uploads`, { method: 'POST', headers });
      expect(answer.status).toBe(201);
      expect((await download(encodeURIComponent(name))).status).toBe(200);
    }
  });

  test('refuses bytes at another offset, and more than were announced', async () => {
    const upload = await begun(server.url, uuid, 'offsets.bin', 10);
    expect((await append(upload, 0, bytes.subarray(0, 4))).status).toBe(204);
    const wrong = await append(upload, 5, bytes.subarray(0, 1));
    expect([wrong.status, await wrong.json()]).toMatchObject([409, { code: 'CONFLICT' }]);
    const tooMany = { code: 'TOO_LARGE', detail: 'More bytes came than Upload-Length announced.' };
    for (const body of [bytes.subarray(0, 7), inChunks(bytes.subarray(0, 7))]) {
      const refused = await append(upload, 4, body);
      expect([refused.status, await refused.json()]).toMatchObject([413, tooMany]);
    }
    expect((await append(upload, 4, bytes.subarray(0, 1), { 'content-type': 'text/plain' })).status).toBe(
      400,
    );
    expect(await offsetOf(upload)).toBe(4);
    expect((await discard(upload)).status).toBe(204);
    expect((await look(upload)).status).toBe(404);
    const whole = await begun(server.url, uuid, 'whole.bin', 4);
    expect((await append(whole, 0, bytes.subarray(0, 4))).status).toBe(204);
    const refused = await append(whole, 4, inChunks(bytes.subarray(0, 1)));
    expect([refused.status, await refused.json()]).toMatchObject([413, tooMany]);
    expect(await parts()).toEqual([]);
  });

  test('stores nothing whose SHA-256 is not the announced one', async () => {
    const metadata = { experiment: uuid, filename: 'promised.bin', sha256: 'ab'.repeat(32) };
    const answer = await begin(server.url, bytes.length, metadata);
    const upload = new URL(answer.headers.get('location') ?? '', answer.url).href;
    const refused = await append(upload, 0, bytes);
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { detail: string }).detail).toContain(sha256);
    expect((await download('promised.bin')).status).toBe(404);
    expect((await look(upload)).status).toBe(404);
  });

  test('serves tus-js-client, which knows nothing of us', async () => {
    const options = {
      endpoint: `${server.url}/api/uploads`,
      metadata: { experiment: uuid, filename: 'others.bin' },
      chunkSize: 120_000,
      storeFingerprintForResuming: false,
    };
    const half = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(bytes, {
        ...options,
        onError: reject,
        onChunkComplete: () => void upload.abort().then(() => resolve(upload.url ?? '')),
      });
      upload.start();
    });
    expect(await offsetOf(half)).toBeGreaterThan(0);
    const sent: number[] = [];
    await new Promise<void>((resolve, reject) => {
      const onChunkComplete = (length: number) => void sent.push(length);
      new Upload(bytes, {
        ...options,
        uploadUrl: half,
        onError: reject,
        onSuccess: () => resolve(),
        onChunkComplete,
      }).start();
    });
    expect(sent.reduce((sum, length) => sum + length)).toBeLessThan(bytes.length);
    expect((await download('others.bin')).headers.get('etag')).toBe(`"${sha256}"`);
  });

  test('a later request takes over from one whose line is dead', async () => {
    const upload = await begun(server.url, uuid, 'taken-over.bin', bytes.length);
    hang(upload, bytes.subarray(0, 100_000));
    // Not by HEAD: it would take over before anything has come.
    await expect.poll(() => bytesOfPart(upload)).toBe(100_000);
    // It waits for the older one to store what has come.
    expect(await offsetOf(upload)).toBe(100_000);
    expect((await append(upload, 100_000, bytes.subarray(100_000))).status).toBe(204);
    expect((await download('taken-over.bin')).headers.get('etag')).toBe(`"${sha256}"`);
  });

  test('a server that stops does not wait for the rest, and keeps what has come', async () => {
    const upload = await begun(server.url, uuid, 'stopped.bin', bytes.length);
    hang(upload, bytes.subarray(0, 100_000));
    await expect.poll(() => bytesOfPart(upload)).toBe(100_000);
    const start = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - start).toBeLessThan(20_000);
    const { dataDir, databaseUrl } = server;
    server = await startServer({ dataDir, databaseUrl, port: Number(new URL(server.url).port), env });
    expect(await offsetOf(upload)).toBe(100_000);
    expect((await append(upload, 100_000, bytes.subarray(100_000))).headers.get('etag')).toBe(`"${sha256}"`);
  });

  test.each<[string, string, Record<string, string>]>([
    ['no offset', 'PATCH', { 'content-type': OCTETS }],
    ['an offset that is no number', 'PATCH', { 'content-type': OCTETS, 'upload-offset': '-1' }],
    ['no length', 'POST', {}],
    ['a length to be told later', 'POST', { 'upload-defer-length': '1' }],
    ['a length beyond all numbers', 'POST', { 'upload-length': '99999999999999999999' }],
    ['metadata that are none', 'POST', { 'upload-length': '1', 'upload-metadata': 'filename %%%' }],
    ['metadata named like a method', 'POST', { 'upload-length': '1', 'upload-metadata': 'constructor YQ==' }],
    ['parts to be joined', 'POST', { 'upload-concat': 'final;/a /b' }],
  ])('refuses %s in words', async (_, method, headers) => {
    const url = method === 'POST' ? `${server.url}/api/uploads` : await begun(server.url, uuid, 'a', 1);
    const answer = await fetch(url, { method, headers: { 'tus-resumable': '1.0.0', ...headers } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.json()).toEqual({
      detail: expect.stringMatching(/^[A-Z].*\.$/s),
      code: expect.stringMatching(/^[A-Z_]+$/),
      requestId: expect.any(String),
    });
  });

  test.each(['0'.repeat(32), '%00', '..%2f..', 'api', 'x'.repeat(3000)])('knows no upload %s', async (id) => {
    expect((await look(`${server.url}/api/uploads/${id}`)).status).toBe(404);
    expect((await discard(`${server.url}/api/uploads/${id}`)).status).toBe(404);
  });

  test('goes when its experiment does', async () => {
    const other = await create(server.url, 'soon gone');
    const before = await parts();
    const upload = await begun(server.url, other.uuid, 'a', 10);
    expect((await append(upload, 0, bytes.subarray(0, 4))).status).toBe(204);
    await graphql(
      server.url,
      'mutation ($i: ExperimentRemoveInput!) { removeExperiment(experimentRemoveInput: $i) }',
      { i: { uuid: other.uuid } },
    );
    expect((await append(upload, 4, bytes.subarray(0, 6))).status).toBe(404);
    expect(await parts()).toEqual(before);
  });

  test('goes on after a restart, and no check takes its part for a leftover', async () => {
    const upload = await begun(server.url, uuid, 'restart.bin', bytes.length);
    expect((await append(upload, 0, bytes.subarray(0, 100_000))).status).toBe(204);
    const { dataDir, databaseUrl } = server;
    await server.stop('SIGKILL');
    const args = ['check', '--data-dir', dataDir];
    const { code, output } = await runCommand(args, databaseUrl ? { DATABASE_URL: databaseUrl } : {});
    expect(output).not.toMatch(/leftover|extra/i);
    expect(code).toBe(0);
    server = await startServer({ dataDir, databaseUrl, port: Number(new URL(server.url).port) });
    expect(await offsetOf(upload)).toBe(100_000);
    expect((await append(upload, 100_000, bytes.subarray(100_000))).headers.get('etag')).toBe(`"${sha256}"`);
    expect((await download('restart.bin')).headers.get('etag')).toBe(`"${sha256}"`);
  });
});

/** A body whose length nobody tells. */
function inChunks(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return ReadableStream.from([bytes]) as ReadableStream<Uint8Array>;
}

/** Begins to add bytes, and then neither goes on nor ends, as a line that is dead. */
function hang(upload: string, bytes: Uint8Array): void {
  fetch(upload, {
    method: 'PATCH',
    headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': OCTETS },
    body: ReadableStream.from(endless(bytes)),
    duplex: 'half',
  } as RequestInit).catch(() => undefined);
}

async function* endless(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  await new Promise(() => undefined);
}
