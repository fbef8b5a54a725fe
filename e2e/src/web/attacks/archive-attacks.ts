import { databaseFile } from '../sample-files/database.ts';
import { zipArchive } from '../sample-files/zip-archive.ts';
import { type Attack, onlyInFull } from './attack.ts';

const MiB = 1024 * 1024;
const database = (what: string, sql: string): Attack => ({
  what: `SQLite: ${what}`,
  file: 'attack.db',
  content: () => databaseFile(sql),
});

/** A database with some of its bytes changed. */
const damaged = (what: string, change: (bytes: Uint8Array) => void): Attack => ({
  what: `SQLite: ${what}`,
  file: 'attack.db',
  async content() {
    const bytes = await databaseFile(
      `CREATE TABLE t (x); ${'INSERT INTO t VALUES (hex(randomblob(500)));'.repeat(50)} CREATE INDEX i ON t (x)`,
    );
    change(bytes);
    return bytes;
  },
});

/** Archives and databases that lie about what is in them. */
export const ARCHIVE_ATTACKS: readonly Attack[] = [
  {
    what: 'zip: paths and pages as names',
    file: 'attack.zip',
    content: () =>
      zipArchive({
        'a/<img src=x onerror=localStorage.stolen=1>': '',
        '"><script>localStorage.stolen=1': '',
        'invoice\u202Efdp.exe': '',
        '__proto__/constructor': '',
      }),
  },
  {
    what: 'zip: a bomb',
    isLong: true,
    file: 'attack.zip',
    content: () => zipArchive({ bomb: '0'.repeat(100 * MiB) }),
  },
  {
    what: 'zip: sizes beyond all numbers',
    file: 'attack.zip',
    async content() {
      const bytes = await zipArchive({ a: 'text', b: 'text' });
      const view = Buffer.from(bytes.buffer);
      for (let at = view.indexOf('PK\u0001\u0002'); at !== -1; at = view.indexOf('PK\u0001\u0002', at + 4)) {
        view.writeUInt32LE(0xfffffffe, at + 20);
        view.writeUInt32LE(0xfffffffe, at + 24);
      }
      return bytes;
    },
  },
  {
    what: 'zip: a directory that is not there',
    file: 'attack.zip',
    async content() {
      const bytes = await zipArchive({ a: 'text' });
      const view = Buffer.from(bytes.buffer);
      const end = view.lastIndexOf('PK\u0005\u0006');
      view.writeUInt16LE(0xfffe, end + 10);
      view.writeUInt32LE(0xfffffff0, end + 12);
      view.writeUInt32LE(5, end + 16);
      return bytes;
    },
  },
  {
    what: 'zip: nothing but ends',
    isLong: true,
    file: 'attack.zip',
    content: () => new Uint8Array(Buffer.from('PK\u0005\u0006'.repeat(100_000))),
  },
  {
    what: 'zip: ten thousand entries',
    isLong: true,
    file: 'attack.zip',
    content: () =>
      zipArchive(
        Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`${i}/${'n'.repeat(200)}`, ''])),
      ),
  },
  database(
    'a view without end',
    'CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
  ),
  onlyInFull(
    database(
      'a view of products',
      `CREATE TABLE t (x); ${'INSERT INTO t VALUES (1);'.repeat(50)} CREATE VIEW a AS SELECT t1.x FROM t t1, t t2, t t3, t t4, t t5, t t6, t t7 WHERE t1.x > t2.x`,
    ),
  ),
  database(
    'values that are gigabytes',
    "CREATE VIEW v AS SELECT zeroblob(1000000000) b, printf('%1000000000c', 'x') t, hex(zeroblob(500000000)) h",
  ),
  onlyInFull(
    database(
      'columns that are computed',
      'CREATE TABLE t (x, y AS (hex(zeroblob(x)))); INSERT INTO t (x) VALUES (60000000)',
    ),
  ),
  onlyInFull(database('a view of files and extensions', 'CREATE VIEW v AS SELECT * FROM (SELECT 1) WHERE 1')),
  database(
    'pages as names',
    `CREATE TABLE "<img src=x onerror=localStorage.stolen=1>" ("<script>localStorage.stolen=1</script>", "__proto__"); INSERT INTO "<img src=x onerror=localStorage.stolen=1>" VALUES ('<img src=x onerror=localStorage.stolen=1>', 1)`,
  ),
  onlyInFull(
    database(
      'tables without end',
      Array.from({ length: 3000 }, (_, i) => `CREATE TABLE t${i} (x);`).join(''),
    ),
  ),
  onlyInFull(
    database(
      'a table of many columns',
      `CREATE TABLE t (${Array.from({ length: 1900 }, (_, i) => `c${i}`).join(', ')}); INSERT INTO t DEFAULT VALUES`,
    ),
  ),
  onlyInFull(
    database(
      'tables of others',
      'CREATE TABLE runs (x); CREATE TABLE experiments (x); CREATE TABLE layouts (x)',
    ),
  ),
  database(
    'a text index',
    "CREATE VIRTUAL TABLE f USING fts5(x); INSERT INTO f VALUES ('text'); PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE f USING evil(x)' WHERE name = 'f'",
  ),
  onlyInFull(
    database(
      'a schema that is none',
      "CREATE TABLE t (x); PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE TABLE t (x' || char(0) || ') garbage'",
    ),
  ),
  onlyInFull(damaged('pages of no size', (bytes) => bytes.fill(0, 16, 18))),
  onlyInFull(damaged('a format of the future', (bytes) => bytes.fill(9, 18, 20))),
  damaged('rubble', (bytes) => {
    for (let i = 100; i < bytes.length; i += 7) bytes[i] = (i * 31) & 255;
  }),
  damaged('pages that point to themselves', (bytes) => {
    const view = Buffer.from(bytes.buffer);
    const page = view.readUInt16BE(16);
    for (let at = page; at + 12 < view.length; at += page)
      if (view[at] === 5 || view[at] === 2) view.writeUInt32BE(at / page + 1, at + 8);
  }),
];
