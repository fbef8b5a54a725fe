import { expect, test } from 'vitest';
import { readEvents } from './read-events.ts';

async function eventsOf(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  return Array.fromAsync(readEvents(chunks()));
}

const events: [name: string, text: string, expected: object[]][] = [
  ['an event', 'event: next\ndata: {"a":1}\n\n', [{ event: 'next', data: '{"a":1}' }]],
  [
    'comments between',
    ':\n\n: alive\n\nevent: next\n: here too\ndata: Größe 🔬\n\n:\n\n',
    [{ event: 'next', data: 'Größe 🔬' }],
  ],
  [
    'lines that end with CR and LF',
    'event: a\r\ndata: x\r\n\r\nevent: b\r\ndata: y\r\n\r\n',
    [
      { event: 'a', data: 'x' },
      { event: 'b', data: 'y' },
    ],
  ],
  [
    'lines that end with CR',
    'event: a\rdata: x\r\rdata: y\r\r',
    [
      { event: 'a', data: 'x' },
      { event: 'message', data: 'y' },
    ],
  ],
  [
    'data in several lines',
    'data: one\ndata:two\ndata\ndata:  three\n\n',
    [{ event: 'message', data: 'one\ntwo\n\n three' }],
  ],
  ['fields that nobody knows', 'id: 7\nretry: 10\nfoo\ndata: x\n\n', [{ event: 'message', data: 'x' }]],
  ['an empty text', 'event: complete\ndata: \n\n', [{ event: 'complete', data: '' }]],
  ['no event without data', 'event: next\n\ndata: x\n\n', [{ event: 'message', data: 'x' }]],
  ['no event that was cut off', 'data: x\n\nevent: next\ndata: y\n', [{ event: 'message', data: 'x' }]],
  ['nothing', '', []],
];

test.each(events)('%s, however the bytes arrive', async (_name, text, expected) => {
  for (const size of [1, 2, 3, 7, 1000])
    expect(await eventsOf(text, size), `by ${size} bytes`).toEqual(expected);
});

test('an event of 10 MB in small chunks costs no copying of what came before', async () => {
  const data = 'x'.repeat(10_000_000);
  const begin = performance.now();
  expect((await eventsOf(`data: ${data}\n\n`, 4096))[0]?.data.length).toBe(data.length);
  expect(performance.now() - begin).toBeLessThan(5000);
});
