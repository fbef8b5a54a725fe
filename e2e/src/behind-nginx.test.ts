import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { family } from './faults/processes.ts';
import { canProvoke } from './faults/tools.ts';
import { create, upload } from './graphql-client.ts';
import { freePort, startServer } from './start-server.ts';

const PATHS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

describe.runIf(canProvoke('a proxy', 'nginx', 'processes'))('nginx, as docs/operation.md sets it up', () => {
  test('takes the name and all bytes of a file of the Python client', async () => {
    const { proxy } = await startBehindNginx();
    const { uuid } = await create(proxy, 'uploads');
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(3_000_000)]), 'x');
    const answer = await fetch(`${proxy}/api/files/${uuid}`, {
      method: 'POST',
      headers: { file_name: 'trace.csv' },
      body: form,
    });
    expect(await answer.json()).toEqual({ result: 'Successfuly uploaded trace.csv' });
  });

  test('leaves HTML files their length and version, by which clients know them', async () => {
    const { proxy } = await startBehindNginx();
    const { uuid } = await create(proxy, 'downloads');
    const html = Buffer.from('<p>fitted</p>\n'.repeat(1000));
    await upload(proxy, uuid, 'report.html', html);
    const answer = await open(`${proxy}/api/files/${uuid}/report.html`, { 'accept-encoding': 'gzip' });
    answer.resume();
    expect(answer.headers).toMatchObject({
      'content-length': String(html.length),
      etag: expect.stringMatching(/^"/),
      'accept-ranges': 'bytes',
    });
  });

  test('keeps no download on its own disk while the reader is slow', async () => {
    const { proxy, nginx } = await startBehindNginx();
    const { uuid } = await create(proxy, 'slow reader');
    await upload(proxy, uuid, 'big.bin', new Uint8Array(64 * 2 ** 20));
    const answer = await open(`${proxy}/api/files/${uuid}/big.bin`);
    answer.pause();
    await sleep(1500);
    expect(openFiles(nginx).filter((path) => path.includes('/proxy/'))).toEqual([]);
    answer.destroy();
  });
});

async function open(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const [answer] = (await once(get(url, { headers }), 'response')) as [IncomingMessage];
  return answer;
}

/** A server behind nginx, where what Debian has for all sites stands around the lines of the document. */
async function startBehindNginx() {
  const folder = await temporaryFolder();
  const port = await freePort();
  const server = await startServer({ env: { AQUEDUCT_TRUSTED_PROXIES: '127.0.0.1' } });
  onTestFinished(() => server.stop().then(() => {}));
  const [, lines = ''] = /```nginx\n(.+?)```/s.exec(await readFile('docs/operation.md', 'utf8')) ?? [];
  const config = join(folder, 'nginx.conf');
  await writeFile(
    config,
    `daemon off; user root; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
    http {
      gzip on; access_log off;
      ${PATHS.map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ')}
      server { listen 127.0.0.1:${port}; ${lines.replace('http://127.0.0.1:8000', server.url)} }
    }`,
  );
  const child = spawn('nginx', ['-e', join(folder, 'error.log'), '-c', config], { stdio: 'ignore' });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const proxy = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(`${proxy}/ready`).then(({ status }) => status, String)).toBe(200);
  return { proxy, nginx: child.pid ?? 0 };
}

/** The paths of all that a program and its children have open, removed files too. */
function openFiles(program: number): string[] {
  return family(program).flatMap((pid) =>
    readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)),
  );
}
