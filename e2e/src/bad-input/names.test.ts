import { databases, newDatabase } from '@aqueduct/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectHarmless } from './expect-harmless.ts';
import { rawRequest } from './raw-request.ts';

const INVALID = { detail: 'Invalid file name.' };

/** Never the name of a file. */
const bad = [
  '.',
  '..',
  '../x',
  '..\\x',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'C:x',
  'a:b',
  'a*b',
  'a?b',
  'a"b',
  'a<b',
  'a>b',
  'a|b',
  'tab\tx',
  'bell\x07',
  'del\x7f',
  'line\nx',
  'return\rx',
  'nul\0x',
  'c1\u0085x',
  'CON',
  'con',
  'Con.txt',
  'PRN',
  'prn.csv',
  'AUX',
  'aux.h',
  'NUL',
  'nul.tar.gz',
  'COM1',
  'com9.log',
  'LPT1',
  'lpt9.x',
  'CLOCK$',
  'dot.',
  'dots..',
  'blank ',
  'blank. ',
  ' ',
  '\u00a0',
  '\u3000\u3000',
  '. ',
  '...',
  'n'.repeat(256),
  `${'é'.repeat(128)}`,
  '🔬'.repeat(64),
  `${'n'.repeat(252)}.txt`,
];

/** Strange, but names all the same: stored and given back under exactly this name. */
const good = [
  'a',
  '.hidden',
  '..two',
  'two words',
  ' leading',
  'x.tar.gz',
  'ünïcödé.txt',
  '温度.csv',
  'שלום.txt',
  'مرحبا.dat',
  '🔬.png',
  'e\u0301.txt',
  '\u00e9.txt',
  'A.txt',
  'a.txt',
  '%2e%2e%2f',
  '100%.txt',
  'a+b&c=d;e',
  "o'clock",
  '(1)',
  '[2]',
  '{3}',
  '#4',
  '$HOME',
  '`id`',
  '$(id)',
  '-rf',
  '--help',
  '~root',
  'console.log',
  'com10',
  'lpt',
  'nulls.txt',
  'n'.repeat(255),
  'é'.repeat(127),
  '__proto__',
  'constructor',
  'toString',
  'delete_files',
  'null',
  'undefined',
  '0',
  '-1',
  'true',
];

describe.each(databases)('file names, on %s', (database) => {
  let server: ServerProcess;
  let files: string;
  beforeAll(async () => {
    server = await startServer({ databaseUrl: await newDatabase(database) });
    files = `${server.url}/api/files/${(await create(server.url, 'names')).uuid}`;
  });
  afterAll(() => server.stop());

  test.each(bad)('refused: %j', async (name) => {
    const encoded = encodeURIComponent(name);
    const uploaded = await send(files, { 'x-file-name': encoded });
    expect(uploaded).toEqual({ status: 400, body: INVALID });
    // Browsers and fetch resolve dots before they send: the path goes out as it is.
    if (!/^\.+$/.test(name)) {
      const path = new URL(files).pathname;
      const got = await rawRequest(files, `GET ${path}/${encoded} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      expectHarmless(got.status, got.body);
      expect(got.status).toBe(400);
    }
    const deleted = await fetch(`${files}/delete_files`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file_list: [name] }),
    });
    expect(deleted.status).toBe(400);
    expect(await deleted.json()).toEqual({ detail: 'Invalid file names.' });
  });

  test.each(good)('stored: %j', async (name) => {
    const uploaded = await send(files, { 'x-file-name': encodeURIComponent(name) });
    expect(uploaded).toEqual({ status: 200, body: { result: `Successfuly uploaded ${name}` } });
    const got = await fetch(`${files}/${encodeURIComponent(name)}`);
    expect(got.status).toBe(200);
    expect(await got.text()).toBe('bytes');
  });

  test('all of them are listed, and deleted together', async () => {
    const answer = await fetch(`${files}/delete_files`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file_list: good }),
    });
    expect(answer.status).toBe(200);
  });

  const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  test.each([
    ['UTF-8 bytes', latin1('温度.csv'), '温度.csv'],
    ['latin-1 bytes', 'gr\u00f6\u00dfe.txt', 'größe.txt'],
    ['percent signs are no encoding here', '%41.txt', '%41.txt'],
    ['broken UTF-8 is latin-1', 'a\u00c3', 'aÃ'],
  ])('the header file_name: %s', async (_, header, name) => {
    const { status, body } = await raw(files, `file_name: ${header}\r\n`);
    expect({ status, body: JSON.parse(Buffer.from(body, 'latin1').toString()) }).toEqual({
      status: 200,
      body: { result: `Successfuly uploaded ${name}` },
    });
  });

  test.each([
    ['twice the same', 'file_name: a.txt\r\nfile_name: a.txt\r\n', 400],
    ['twice another', 'file_name: a.txt\r\nfile_name: b.txt\r\n', 400],
    ['empty', 'file_name: \r\n', 400],
    ['missing', '', 422],
    ['upwards', 'file_name: ../../x\r\n', 400],
    ['encoded upwards', 'X-File-Name: ..%2F..%2Fx\r\n', 400],
    ['encoded NUL', 'X-File-Name: a%00b\r\n', 400],
  ])('doubled and empty headers: %s', async (_, headers, status) => {
    const answer = await raw(files, headers);
    expect(answer.status).toBe(status);
    expectHarmless(answer.status, answer.body);
  });
});

async function send(url: string, headers: Record<string, string>) {
  const form = new FormData();
  form.append('file', new Blob(['bytes']), 'x');
  const answer = await fetch(url, { method: 'POST', headers, body: form });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

function raw(url: string, headers: string) {
  const body = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nbytes\r\n--b--\r\n';
  return rawRequest(
    url,
    `POST ${new URL(url).pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`,
  );
}
