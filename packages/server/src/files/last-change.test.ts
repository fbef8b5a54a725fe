import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newExperiment } from '../check/testing/installation.ts';
import { query } from '../platform/database/query.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { compareLastChange, followLastChange, foreignBefore } from './last-change.ts';

const forgetBehind = query<{ sequence: number }>()(
  (_, p) => sql`delete from event where sequence > ${p.sequence}`,
);
const changeTimes = query()(() => sql`update event set at = at + 1`);
const lastSequence = query()<{ sequence: number }>(() => sql`select max(sequence) as sequence from event`);

type Installation = Awaited<ReturnType<typeof testContext>>;

describe.each(databases)('a database that was used with a data folder, on %s', (database) => {
  test('is known again after a stop, after a crash, and after one of an earlier version', async () => {
    const ctx = await testContext(database);
    const isSame = async () => {
      await compareLastChange(ctx);
      return (await foreignBefore(ctx)) === 0;
    };
    // No note yet, and no change.
    expect(await isSame()).toBe(true);
    await note(ctx);
    expect(await isSame()).toBe(true);
    await newExperiment(ctx);
    await note(ctx);
    expect(await isSame()).toBe(true);
    // After a crash the note is behind.
    await newExperiment(ctx);
    expect(await isSame()).toBe(true);
    await rm(join(ctx.config.dataDir, 'last-change'));
    expect(await isSame()).toBe(true);
    // What another database noted here says nothing of this one.
    await writeFile(join(ctx.config.dataDir, 'last-change'), 'another 12 34\n');
    expect(await isSame()).toBe(true);
  });

  test('is told from an older copy of it, and from one that went its own way since', async () => {
    const ctx = await testContext(database);
    await newExperiment(ctx);
    await note(ctx);
    const [, copied = ''] = (await readFile(join(ctx.config.dataDir, 'last-change'), 'utf8')).split(' ');
    await newExperiment(ctx);
    await note(ctx);
    // A copy of before the second experiment is put back.
    await ctx.db.write((tx) => tx.run(forgetBehind, { sequence: Number(copied) }));
    await compareLastChange(ctx);
    const first = await foreignBefore(ctx);
    expect(first).toBeGreaterThan(Date.now() - 10_000);
    await note(ctx);
    await compareLastChange(ctx);
    expect(await foreignBefore(ctx)).toBe(first);

    await expect.poll(() => Date.now()).toBeGreaterThan(first);
    // And the newest again, after changes with that copy: it has the numbers of them, but not the changes.
    await newExperiment(ctx);
    await note(ctx);
    await ctx.db.write((tx) => tx.run(changeTimes, {}));
    await compareLastChange(ctx);
    expect(await foreignBefore(ctx)).toBeGreaterThan(first);
    expect(await readFile(join(ctx.config.dataDir, 'last-change'), 'utf8')).toHaveLength(128);
  });

  test('is followed while it is used', async () => {
    const ctx = await testContext(database);
    const stopping = new AbortController();
    const following = followLastChange(ctx, stopping.signal);
    await newExperiment(ctx);
    stopping.abort();
    await following;
    const [, sequence] = (await readFile(join(ctx.config.dataDir, 'last-change'), 'utf8')).split(' ');
    expect(await ctx.db.first(lastSequence, {})).toEqual({ sequence: Number(sequence) });
  });
});

function note(ctx: Installation): Promise<void> {
  return followLastChange(ctx, AbortSignal.abort());
}
