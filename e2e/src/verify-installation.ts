import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';

interface FileRow {
  eid: string;
  name: string;
  readable_name: string;
  object_key: string;
  size: number;
  sha256: string;
}

const FILES = `select e.eid, f.name, f.readable_name, f.object_key, f.size, f.sha256
  from file f join experiment e on e.id = f.experiment_id`;

/** What every installation must keep to, in words; an empty list is good. Looks at disk and database, not at the server. */
export async function verifyInstallation(
  dataDir: string,
  databaseUrl: string | undefined,
): Promise<string[]> {
  const record = await readRecord(dataDir, databaseUrl);
  return [...record.problems, ...(await leftovers(dataDir, record)), ...(await wrongFiles(dataDir, record))];
}

/** The same, without what a server may take a minute after its start to clean up. */
export async function verifyRecord(dataDir: string, databaseUrl: string | undefined): Promise<string[]> {
  const record = await readRecord(dataDir, databaseUrl);
  return [...record.problems, ...(await wrongFiles(dataDir, record))];
}

interface DatabaseRecord {
  readonly rows: readonly FileRow[];
  /** Keys of objects that are about to be removed. */
  readonly doomed: ReadonlySet<string>;
  /** What is wrong with the database itself. */
  readonly problems: readonly string[];
}

function readRecord(dataDir: string, databaseUrl: string | undefined): Promise<DatabaseRecord> {
  return databaseUrl ? readPostgres(databaseUrl) : readSqlite(dataDir);
}

async function leftovers(dataDir: string, { rows, doomed }: DatabaseRecord): Promise<string[]> {
  const keys = new Set(rows.map((row) => row.object_key));
  const unknown = (await objectKeys(dataDir)).filter((key) => !keys.has(key) && !doomed.has(key));
  return [
    ...unknown.map((key) => `object ${key} has no row`),
    ...(await readdir(join(dataDir, 'objects/.incoming'))).map((name) => `temporary bytes are left: ${name}`),
  ];
}

async function wrongFiles(dataDir: string, { rows }: DatabaseRecord): Promise<string[]> {
  const problems: string[] = [];
  for (const row of rows) {
    const object = join(dataDir, 'objects', row.object_key);
    const bytes = await readFile(object).catch(() => undefined);
    if (!bytes) problems.push(`${row.eid}/${row.name} has no bytes`);
    else if (bytes.length !== row.size || sha256(bytes) !== row.sha256)
      problems.push(`${row.eid}/${row.name} has other bytes`);
    if (!(await showsSame(join(dataDir, 'experiments', row.eid, row.readable_name), object)))
      problems.push(`${row.eid}/${row.readable_name} does not show the current version`);
  }
  return problems;
}

/** A link, or a copy where the folders lie on two disks. */
async function showsSame(readable: string, object: string): Promise<boolean> {
  const [one, other] = await Promise.all([readable, object].map((path) => stat(path).catch(() => undefined)));
  if (!one || !other) return one === other;
  if (one.dev === other.dev) return one.ino === other.ino;
  const [copy, bytes] = await Promise.all([readFile(readable), readFile(object)]);
  return copy.equals(bytes);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function objectKeys(dataDir: string): Promise<string[]> {
  const days = (await readdir(join(dataDir, 'objects'))).filter((name) => !name.startsWith('.'));
  const names = await Promise.all(
    days.map(async (day) => (await readdir(join(dataDir, 'objects', day))).map((name) => `${day}/${name}`)),
  );
  return names.flat();
}

const COUNTS = `select
  (select coalesce(sum(live + archived), 0) from experiment_count where scope = 'all') as counted,
  (select coalesce(sum(live + archived), 0) from experiment_count where scope = 'day') as by_day,
  (select coalesce(sum(live + archived), 0) from experiment_count where scope = 'span') as by_span,
  (select count(*) from experiment) as experiments,
  (select coalesce(sum(live + archived), 0) from tag) as tag_uses,
  (select count(*) from experiment_tag) as tag_links,
  (select count(*) from experiment_tag t join experiment e on e.id = t.experiment_id where t.archived <> e.archived) as strays`;

type Counts = Record<
  'counted' | 'by_day' | 'by_span' | 'experiments' | 'tag_uses' | 'tag_links' | 'strays',
  number | string
>;

function wrongCounts(counts: Counts | undefined): string[] {
  if (!counts) return ['no counts'];
  const [counted, byDay, experiments] = [
    Number(counts.counted),
    Number(counts.by_day),
    Number(counts.experiments),
  ];
  const isRight =
    counted === experiments &&
    byDay === experiments &&
    Number(counts.by_span) === experiments &&
    Number(counts.tag_uses) === Number(counts.tag_links) &&
    Number(counts.strays) === 0;
  return isRight ? [] : [`the counters are wrong: ${JSON.stringify(counts)}`];
}

async function readSqlite(dataDir: string): Promise<DatabaseRecord> {
  const db = new Sqlite(join(dataDir, 'aqueduct.db'), { readonly: true, timeout: 5000 });
  const problems: string[] = [];
  const integrity = db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') problems.push(`integrity: ${integrity}`);
  const foreign = db.pragma('foreign_key_check') as unknown[];
  if (foreign.length > 0) problems.push(`foreign keys: ${JSON.stringify(foreign)}`);
  problems.push(...wrongCounts(db.prepare<[], Counts>(COUNTS).get()));
  const rows = db.prepare<[], FileRow>(FILES).all();
  const doomed = new Set(
    db
      .prepare<[], { object_key: string }>('select object_key from doomed_object')
      .all()
      .map((row) => row.object_key),
  );
  db.close();
  return { rows, doomed, problems };
}

/** PostgreSQL checks keys as it writes; what is left to check are our own counters. */
async function readPostgres(url: string): Promise<DatabaseRecord> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=aqueduct' });
  await client.connect();
  const rows = (await client.query<FileRow>(FILES)).rows.map((row) => ({ ...row, size: Number(row.size) }));
  const doomed = new Set(
    (await client.query<{ object_key: string }>('select object_key from doomed_object')).rows.map(
      (row) => row.object_key,
    ),
  );
  const problems = wrongCounts((await client.query<Counts>(COUNTS)).rows[0]);
  await client.end();
  return { rows, doomed, problems };
}
