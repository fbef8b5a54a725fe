import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../start-server.ts';

test('npm run dev:web hands on to the server what its pages ask', async () => {
  const server = await startServer();
  const vite = spawn('npm', ['run', 'dev:web', '--', '--port', '0', '--clearScreen', 'false'], {
    env: { ...process.env, AQUEDUCT_URL: server.url, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  onTestFinished(async () => {
    if (vite.pid) process.kill(-vite.pid);
    await once(vite, 'exit');
    await server.stop();
  });
  let printed = '';
  for await (const chunk of vite.stdout) {
    printed += chunk;
    if (/localhost:\d+\//.test(printed)) break;
  }
  const [origin = ''] = /http:\/\/localhost:\d+/.exec(printed) ?? [];
  const answer = await fetch(`${origin}/api/graphql`, {
    method: 'POST',
    // As browsers send them.
    headers: { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ authors }' }),
  });
  expect(await answer.json()).toEqual({ data: { authors: [] } });
}, 60_000);
