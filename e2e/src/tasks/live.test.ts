import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases, leftOut } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { peakMemory, procProblem } from '../faults/processes.ts';
import { ScriptServer } from './script-server.ts';

interface Chunk {
  sequence: number;
  text: string;
}

/** Reads a subscription until it ends, or so many events have come. */
async function* subscribe<T>(
  base: string,
  query: string,
  variables: object,
  signal?: AbortSignal,
): AsyncGenerator<{ data?: T; errors?: { message: string; extensions?: { code?: string } }[] }> {
  const answer = await fetch(`${base}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
    signal: signal ?? null,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (/^event: complete/m.test(event)) return;
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) yield JSON.parse(data);
    }
  }
}

const OUTPUT =
  'subscription ($t: UUID!, $a: Int) { taskOutput(taskId: $t, after: $a) { sequence stream text writtenAt } }';
const STATES = 'subscription ($t: UUID) { taskUpdated(taskId: $t) { uuid taskStatus resultCode } }';

describe.each(databases)('live, on %s', (database) => {
  test('no piece of output is lost or repeated, however often the connection breaks', async () => {
    const lines = 400;
    const script = `i=0; while [ $i -lt ${lines} ]; do i=$((i+1)); echo line $i; [ $((i % 20)) -eq 0 ] && sleep 0.05; done; exit 0`;
    const running = await ScriptServer.start({ counts: script }, { database });
    const uuid = await running.submit('counts');
    let seen = 0;
    let text = '';
    let connections = 0;
    for (let isOver = false; !isOver; connections += 1) {
      const events = subscribe<{ taskOutput: Chunk }>(running.url, OUTPUT, { t: uuid, a: seen });
      let count = 0;
      isOver = true;
      for await (const { data } of events) {
        expect(data?.taskOutput.sequence).toBe(seen + 1);
        seen += 1;
        text += data?.taskOutput.text ?? '';
        count += 1;
        // Leaving the loop closes the connection.
        if (count === 2) {
          isOver = false;
          break;
        }
      }
    }
    expect(connections).toBeGreaterThan(1);
    expect(text).toBe(Array.from({ length: lines }, (_, i) => `line ${i + 1}\n`).join(''));
  });

  test('states come until the end, then the stream ends by itself', async () => {
    const running = await ScriptServer.start({ short: 'sleep 0.4; exit 5' }, { database });
    const all: string[] = [];
    const leaving = new AbortController();
    const watching = (async () => {
      for await (const { data } of subscribe<{ taskUpdated: { uuid: string; taskStatus: string } }>(
        running.url,
        STATES,
        {},
        leaving.signal,
      ))
        all.push(`${data?.taskUpdated.uuid} ${data?.taskUpdated.taskStatus}`);
    })().catch(() => undefined);
    await sleep(300);
    const uuid = await running.submit('short');
    const states: string[] = [];
    for await (const { data } of subscribe<{ taskUpdated: { taskStatus: string } }>(running.url, STATES, {
      t: uuid,
    }))
      states.push(data?.taskUpdated.taskStatus ?? '');
    expect(states.at(-1)).toBe('FAILURE');
    expect(new Set(states).size).toBe(states.length);
    await expect.poll(() => all, { timeout: 10_000 }).toContain(`${uuid} FAILURE`);
    leaving.abort();
    await watching;
  });
});

test('what is wrong with a subscription is said in its stream', async () => {
  const running = await ScriptServer.start({ none: 'true' });
  const cases: [query: string, variables: object, message: RegExp][] = [
    [STATES, { t: '00000000-0000-4000-8000-000000000000' }, /non-existing task/],
    [OUTPUT, { t: '00000000-0000-4000-8000-000000000000' }, /non-existing task/],
    [OUTPUT, { t: 'nonsense' }, /UUID/],
    ['subscription { nothing }', {}, /nothing/],
    ['subscription { taskUpdated { ', {}, /Syntax Error/],
  ];
  for (const [query, variables, message] of cases) {
    const events = await Array.fromAsync(subscribe(running.url, query, variables));
    expect(events[0]?.errors?.[0]?.message, query).toMatch(message);
  }
});

test('who takes nothing but events gets the answer to a query as one', async () => {
  const running = await ScriptServer.start({ none: 'true' });
  const events = await Array.fromAsync(subscribe(running.url, '{ getCurrentUserInfo { username } }', {}));
  expect(events).toEqual([{ data: { getCurrentUserInfo: { username: expect.any(String) } } }]);
});

test('a server that stops does not wait for those who watch', async () => {
  const running = await ScriptServer.start({ none: 'true' });
  const watching = Array.fromAsync(subscribe(running.url, STATES, {})).catch(() => undefined);
  await sleep(300);
  const start = Date.now();
  expect(await running.server.stop('SIGTERM')).toBe(0);
  expect(Date.now() - start).toBeLessThan(10_000);
  await watching;
});

/** Begins a subscription and reads nothing of it. */
async function begin(base: string, query: string): Promise<IncomingMessage> {
  const asking = request(`${base}/api/graphql`, {
    agent: false,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  });
  asking.end(JSON.stringify({ query }));
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return answer;
}

test.skipIf(leftOut(procProblem() !== undefined, 'streams that nobody reads', 'there is no /proc'))(
  'those who read nothing cost little memory, and miss nothing',
  { timeout: 120_000 },
  async () => {
    // JSON writes each of these bytes as six: 54 MB for everybody.
    const bytes = 9_000_000;
    const running = await ScriptServer.start({ prints: `head -c ${bytes} /dev/zero | tr '\\0' '\\1'` });
    const uuid = await running.submit('prints');
    await running.end(uuid);
    const { pid } = running.server.child;
    const before = await peakMemory(pid);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        begin(running.url, `subscription { taskOutput(taskId: "${uuid}", after: 0) { sequence text } }`),
      ),
    );
    await sleep(8000);
    const more = (await peakMemory(pid)) - before;
    console.log(`20 who read nothing: ${Math.round(more)} MiB more`);
    expect(more).toBeLessThan(200);
    const [first, ...others] = answers;
    for (const answer of others) answer.destroy();
    const events = [...(await text(first as IncomingMessage)).matchAll(/^data: (\{.*)$/gm)].map(
      ([, json = '']) => JSON.parse(json).data.taskOutput as Chunk,
    );
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
    expect(events.reduce((sum, chunk) => sum + chunk.text.length, 0)).toBe(bytes);
  },
);
