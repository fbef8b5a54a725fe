import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { addTagsToExperiment } from './add-tags-to-experiment.ts';
import { countExperiments } from './count-experiments.ts';
import { createExperiment } from './create-experiment.ts';
import { findExperiments } from './find-experiments.ts';
import { removeExperiment } from './remove-experiment.ts';
import { updateExperiment } from './update-experiment.ts';

/** More than wait for the index at any time. */
const MANY = 300;

describe.each(databases)('on %s', (database) => {
  test('a search finds what was just made and changed, before and after the index has taken it in', async () => {
    const ctx = await testContext(database);
    const made = await make(ctx, MANY);
    expect(await titles(ctx, 'rabi 299')).toEqual(['Rabi 299']);
    await updateExperiment(ctx, made[299] ?? '', { title: 'Ramsey' });
    await updateExperiment(ctx, made[0] ?? '', { title: 'Ramsey too' });
    await removeExperiment(ctx, made[1] ?? '');
    await addTagsToExperiment(ctx, { uuid: made[2] ?? '', tags: ['__archived__'] });
    expect(await titles(ctx, 'ramsey')).toEqual(['Ramsey', 'Ramsey too']);
    expect(await titles(ctx, 'rabi')).toHaveLength(MANY - 4);
    expect(await titles(ctx, 'rabi 2', ['__archived__'])).toEqual(['Rabi 2']);
    // And those that came and went in between two searches.
    const [gone = ''] = await make(ctx, 1, 'Echo');
    await removeExperiment(ctx, gone);
    expect(await titles(ctx, 'echo')).toEqual([]);
  });

  test('a search counts none of many that were removed', async () => {
    const ctx = await testContext(database);
    const made = await make(ctx, MANY);
    expect(await titles(ctx, 'rabi')).toHaveLength(MANY);
    for (const uuid of made) await removeExperiment(ctx, uuid);
    const page = await findExperiments(ctx, { limit: 10, offset: 0, filters: { title: 'rabi' } });
    expect(await countExperiments(ctx, page.filters, page.plan)).toBe(0);
  });

  test('a search finds what comes with a moment of long ago', async () => {
    const ctx = await testContext(database);
    await make(ctx, 1);
    expect(await titles(ctx, 'rabi')).toEqual(['Rabi 0']);
    // As where a clock was set back, or from another installation.
    const clock = { now: () => 1_000_000, today: () => '19700101' };
    await make({ ...ctx, clock }, 2, 'Echo');
    expect(await titles(ctx, 'echo')).toEqual(['Echo 1', 'Echo 0']);
    await make({ ...ctx, clock }, MANY, 'Ramsey');
    expect(await titles(ctx, 'ramsey')).toHaveLength(MANY);
    expect(await titles(ctx, 'rabi')).toEqual(['Rabi 0']);
  });

  test('a search finds a letter in each of its small forms', async () => {
    const ctx = await testContext(database);
    await make(ctx, 1, 'ΣΥΣΤΗΜΑ ΟΔΟΣ');
    await make(ctx, 1, 'Delay of 10 \u00b5s');
    for (const text of ['ΣΥΣ', 'συς', 'οδος', 'ΟΔΟΣ', 'σ'])
      expect(await titles(ctx, text), text).toEqual(['ΣΥΣΤΗΜΑ ΟΔΟΣ 0']);
    for (const text of ['10 \u00b5s', '10 \u03bcS', '\u039c'])
      expect(await titles(ctx, text), text).toContain('Delay of 10 \u00b5s 0');
  });

  test('a search for several lines finds them in titles, and never what lies between a title and its EID', async () => {
    const ctx = await testContext(database);
    const lines = ['Rabi 100%\nof Qubit_3', '\nRamsey\n', 'ends here Qx'];
    for (const title of [...lines, 'echo'])
      await createExperiment(ctx, { title, description: '', tags: ['t'] });
    expect(await titles(ctx, '\n')).toEqual(['\nRamsey\n', 'Rabi 100%\nof Qubit_3']);
    expect(await titles(ctx, '\n', ['t'])).toHaveLength(2);
    expect(await titles(ctx, '100%\nOF qubit_')).toEqual(['Rabi 100%\nof Qubit_3']);
    expect(await titles(ctx, '\nramsey\n')).toEqual(['\nRamsey\n']);
    for (const none of ['here Qx\n', 'Qx\n2025', '0%\nof Qubit-3', '%\n%', '\\\n', '\n\n', '\n2'])
      expect(await titles(ctx, none), none).toEqual([]);
    const page = await findExperiments(ctx, { limit: 1, offset: 0, filters: { title: '\n' } });
    expect(await countExperiments(ctx, page.filters, page.plan)).toBe(2);
  });
});

test('a search is complete while another program holds the database', async () => {
  const ctx = await testContext('SQLite');
  await make(ctx, 3);
  const other = new Sqlite(join(ctx.config.dataDir, 'aqueduct.db'));
  other.exec('begin immediate');
  try {
    expect(await titles(ctx, 'rabi')).toEqual(['Rabi 2', 'Rabi 1', 'Rabi 0']);
  } finally {
    other.exec('rollback');
    other.close();
  }
  expect(await titles(ctx, 'rabi')).toHaveLength(3);
});

async function make(ctx: Context, count: number, title = 'Rabi'): Promise<string[]> {
  const made: string[] = [];
  for (let i = 0; i < count; i += 1) {
    made.push((await createExperiment(ctx, { title: `${title} ${i}`, description: '', tags: [] })).uuid);
  }
  return made;
}

async function titles(ctx: Context, title: string, shouldIncludeTags: string[] = []): Promise<string[]> {
  const found: string[] = [];
  for (let offset = 0; offset < MANY; offset += 100) {
    const page = await findExperiments(ctx, { limit: 100, offset, filters: { title, shouldIncludeTags } });
    found.push(...page.experiments.map((each) => each.title));
  }
  return found;
}
