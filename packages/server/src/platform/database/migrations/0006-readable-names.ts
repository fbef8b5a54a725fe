import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { limits } from '@aqueduct/contract';
import { type Kysely, sql } from 'kysely';
import type { Engine } from '../query.ts';

interface EncodedFile {
  readonly id: number;
  readonly experiment_id: number;
  readonly eid: string;
  readonly name: string;
  readonly readable_name: string;
  readonly object_key: string;
}

/**
 * Gives each file a readable name of its own. One that was encoded could be the name of another file; and a disk that
 * ignores case can take two for one. So `folded_name` is that of the readable name from now on, and unique: by the index
 * that was there, an upload writes no page more.
 */
export async function readableNames(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const name = sql.raw(engine === 'sqlite' ? 'name' : 'name collate "C"');
  // They are in nobody's way until it is their turn: no name has a slash.
  await sql`update file set folded_name = '/' || id where readable_name <> ${name}`.execute(db);
  const { rows } = await sql<EncodedFile>`
    select file.id, experiment_id, eid, name, readable_name, object_key
    from file join experiment on experiment.id = experiment_id
    where folded_name like '/%' order by file.id`.execute(db);
  const moved: { path: string; key: string }[] = [];
  for (const file of rows) {
    const readableName = await freeName(db, file);
    await sql`update file set readable_name = ${readableName}, folded_name = ${foldName(readableName)}
      where id = ${file.id}`.execute(db);
    if (readableName !== file.readable_name)
      moved.push({ path: `${file.eid}/${file.readable_name}`, key: file.object_key });
  }
  if (moved.length > 0) {
    // The next start looks there: a link to the object may lie under the name that is another file's alone now.
    await sql`insert into meta (key, value) values ('moved_readable_names', ${JSON.stringify(moved)})`.execute(
      db,
    );
  }
  await sql`drop index file_by_folded_name`.execute(db);
  await sql`create unique index file_by_folded_name on file (experiment_id, folded_name)`.execute(db);
}

async function freeName(db: Kysely<unknown>, file: EncodedFile): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const readableName = attempt === 1 ? file.readable_name : encodedName(file.name, attempt);
    const { rows } = await sql`select id from file
      where experiment_id = ${file.experiment_id} and folded_name = ${foldName(readableName)}`.execute(db);
    if (rows.length === 0) return readableName;
  }
}

// As `files/` had them when this was written.

function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function encodedName(name: string, attempt: number): string {
  const mark = `~${createHash('sha256').update(`${name}/${attempt}`).digest('hex').slice(0, 8)}`;
  const ending = extname(name).length <= 16 ? extname(name) : '';
  let stem = ending === '' ? name : name.slice(0, -ending.length);
  while (Buffer.byteLength(stem + mark + ending) > limits.fileNameBytes)
    stem = [...stem].slice(0, -1).join('');
  return stem + mark + ending;
}
