import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import { databaseId } from '../access/database-id.ts';
import { eventNumbered, lastEvent } from '../platform/database/event.queries.ts';
import { metaValue, setMetaValue } from '../platform/database/meta.queries.ts';
import { codeOf } from '../platform/storage/code-of.ts';

const NOTE_EVERY_MS = 60_000;
/** Always so long, so that a full disk can take it, and in one step. */
const LENGTH = 128;
/** Under this key in `meta`: milliseconds since 1970. */
const FOREIGN_BEFORE = 'objects_foreign_before';

/** The last change of a database that a data folder has seen. */
interface LastChange {
  readonly databaseId: string;
  readonly sequence: number;
  readonly at: number;
}

/**
 * Looks, at a start, whether the database has the change that was its last when the data folder was used with it before.
 * Where it has not, it is an older copy, or one that went its own way since: then objects that it does not know are no
 * leftovers but files of the other state, and those that are here by now are left alone from now on.
 */
export async function compareLastChange(services: Services): Promise<void> {
  const { db, config, log } = services;
  const noted = await read(pathIn(config.dataDir));
  if (noted?.databaseId !== (await databaseId(services))) return;
  if ((await db.first(eventNumbered, { sequence: noted.sequence }))?.at === noted.at) return;
  await db.write((tx) => tx.run(setMetaValue, { key: FOREIGN_BEFORE, value: String(Date.now()) }));
  log.error(
    { dataDir: config.dataDir },
    'the database does not have the last change that was made with this data folder: it is an older copy, or another one ' +
      'was used since. Objects that it does not know are left alone: `aqueduct check` lists them. If this is the wrong ' +
      'copy, stop the server and put the right one back.',
  );
}

/** What was stored before this (milliseconds since 1970) may be of another state of the database; 0 where nothing may. */
export async function foreignBefore({ db }: Services): Promise<number> {
  return Number((await db.first(metaValue, { key: FOREIGN_BEFORE }))?.value ?? 0);
}

/** Notes the last change in the data folder, now and then, until the signal comes, and once more then. */
export async function followLastChange(services: Services, signal: AbortSignal): Promise<void> {
  const { db, config, log } = services;
  const id = await databaseId(services);
  let noted: number | undefined;
  for (;;) {
    const last = await db.first(lastEvent, {}).catch(() => undefined);
    if (last && last.sequence !== noted) {
      await write(pathIn(config.dataDir), { databaseId: id, ...last }).then(
        () => void (noted = last.sequence),
        (err: unknown) => log.debug({ err }, 'the last change could not be noted'),
      );
    }
    if (signal.aborted) return;
    await sleep(NOTE_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'last-change');
}

/** Undefined where none is noted, as by an earlier version. */
async function read(path: string): Promise<LastChange | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  });
  const [databaseId = '', sequence, at] = text.trim().split(' ');
  return at === undefined ? undefined : { databaseId, sequence: Number(sequence), at: Number(at) };
}

/** In its place: at no moment there is none, nor anything beside it that a crash could leave. */
async function write(path: string, { databaseId, sequence, at }: LastChange): Promise<void> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return open(path, 'w');
    throw error;
  });
  try {
    await file.write(`${`${databaseId} ${sequence} ${at}`.padEnd(LENGTH - 1)}\n`, 0);
    await file.datasync();
  } finally {
    await file.close();
  }
}
