import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import type { Clock } from '../clock.ts';
import { asAqueductError } from '../errors/as-aqueduct-error.ts';
import { query } from './query.ts';
import { connectSqlite, openSqlite } from './sqlite.ts';

const count = query()<{ count: number }>(() => sql`select count(*) as count from note`);
const insert = query<{ text: string }>()((_, p) => sql`insert into note values (${p.text})`);

test('reads see what is committed, whatever is written in between of them', async () => {
  const { db } = await openNotes();
  const counted = async () => (await db.first(count, {}))?.count;
  let committed = 0;
  const writer = async () => {
    for (let i = 0; i < 200; i += 1) {
      const before = committed;
      await db.write(async (tx) => {
        await tx.run(insert, { text: 'x' });
        expect(await counted()).toBeGreaterThanOrEqual(before);
        expect(await counted()).toBeLessThanOrEqual(committed);
        tx.afterCommit(() => void (committed += 1));
      });
      expect(await counted()).toBeGreaterThanOrEqual(before + 1);
    }
  };
  const reader = async () => {
    for (let i = 0; i < 2000; i += 1) {
      const before = committed;
      expect(await counted()).toBeGreaterThanOrEqual(before);
      if (i % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all([writer(), writer(), writer(), reader(), reader()]);
  expect(await counted()).toBe(600);
});

test('reads behind one commit go on while the next transaction begins', async () => {
  const { db } = await openNotes();
  // More than one commit takes.
  const writes = Array.from({ length: 700 }, async () => {
    await db.write((tx) => tx.run(insert, { text: 'x' }));
    for (let i = 0; i < 20; i += 1) expect((await db.first(count, {}))?.count).toBeGreaterThanOrEqual(1);
  });
  await Promise.all(writes);
  expect(await db.first(count, {})).toEqual({ count: 700 });
});

test('reads go on while a write waits for another program, and the write comes through', async () => {
  const { db, path } = await openNotes();
  const other = connectSqlite(path);
  other.exec("begin immediate; insert into note values ('other')");
  const written = db.write((tx) => tx.run(insert, { text: 'ours' }));
  const deadline = performance.now() + 300;
  const read = async () => {
    while (performance.now() < deadline) {
      expect(await db.first(count, {})).toEqual({ count: 0 });
      await sleep(1);
    }
  };
  await Promise.all(Array.from({ length: 50 }, read));
  other.exec('commit');
  other.close();
  await written;
  expect(await db.first(count, {})).toEqual({ count: 2 });
});

test('who sees the token of a change by another program sees the change', async () => {
  const { db, path } = await openNotes();
  const other = connectSqlite(path);
  for (let i = 1; i <= 50; i += 1) {
    const before = await db.changeToken();
    expect(await db.first(count, {})).toEqual({ count: i - 1 });
    other.exec("insert into note values ('x')");
    expect(await db.changeToken()).not.toBe(before);
    expect(await db.first(count, {})).toEqual({ count: i });
  }
  other.close();
});

test('a work that was announced shares a commit with those before it, which wait for a moment only', async () => {
  const { db } = await openNotes();
  const log: string[] = [];
  const write = async (text: string) => {
    await db.write(async (tx) => {
      await tx.run(insert, { text });
      log.push(`ran ${text}`);
    });
    log.push(`stored ${text}`);
  };
  // Time passes only where the test says so.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const isThere = db.expectWrite();
  const first = write('a');
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  const second = write('b');
  isThere();
  isThere();
  await Promise.all([first, second]);
  expect(log).toEqual(['ran a', 'ran b', 'stored a', 'stored b']);

  db.expectWrite();
  const third = write('c');
  await vi.advanceTimersByTimeAsync(2);
  await third;
  expect(log.at(-1)).toBe('stored c');
});

test('a full disk that ends a transaction is what all hear of who shared it', async () => {
  const { db } = await openNotes();
  const mostPages = query()<{ max_page_count: number }>(() => sql`pragma max_page_count = 100`);
  await db.write((tx) => tx.first(mostPages, {}));
  const write = (length: number) =>
    db
      .write((tx) => tx.run(insert, { text: 'x'.repeat(length) }))
      .catch((error: unknown) => asAqueductError(error).code);
  expect(await Promise.all([write(1), write(1_000_000), write(2)])).toEqual(['DISK_FULL', 'DISK_FULL', 1]);
  expect(await db.first(count, {})).toEqual({ count: 1 });
});

test('a statement is planned once, whatever its parameters are', async () => {
  const { db, path } = await openNotes();
  const other = connectSqlite(path);
  onTestFinished(() => void other.close());
  other.exec(`create table author (id integer primary key, uuid text unique);
    create table paper (author_id integer, title text, unique (author_id, title));
    insert into author values (1, 'a'); insert into paper values (1, 'x')`);
  const join = query<{ uuid: string; title: string; most: number }>()(
    (_, p) => sql`select title from author join paper on author_id = author.id
      where uuid = ${p.uuid} and title = ${p.title} limit ${p.most}`,
  );
  const read = () => db.first(join, { uuid: 'a', title: 'x', most: 1 });
  expect(await read()).toEqual({ title: 'x' });
  const running = await timeOf(read);
  const planning = await timeOf(async () => void other.prepare(join.on('sqlite').sql));
  expect(running).toBeLessThan(planning / 2);
});

test('a database whose first page goes bad meanwhile is refused as with any other bad page', async () => {
  const { db, path } = await openNotes();
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(100, 0x5a), 0, 100, 0);
  await file.close();
  const error = await db.bulk.first(count, {}).catch((failure: unknown) => asAqueductError(failure));
  expect(error).toMatchObject({ code: 'UNAVAILABLE' });
});

/** The milliseconds of the fastest of some series. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let series = 0; series < 10; series += 1) {
    const begun = performance.now();
    for (let i = 0; i < 200; i += 1) await work();
    taken.push(performance.now() - begun);
  }
  return Math.min(...taken);
}

async function openNotes() {
  const path = join(await temporaryFolder(), 'notes.db');
  const setup = connectSqlite(path);
  setup.exec('create table note (text text not null)');
  setup.close();
  const clock: Clock = { now: () => Date.now() * 1000, today: () => '20241122' };
  const db = openSqlite(path, clock);
  onTestFinished(() => db.close());
  return { db, path };
}
