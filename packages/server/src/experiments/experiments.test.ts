import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { anotherRequest, testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { addTags } from './add-tags.ts';
import { addTagsToExperiment } from './add-tags-to-experiment.ts';
import { countExperiments } from './count-experiments.ts';
import { createExperiment } from './create-experiment.ts';
import { type FiltersInput, parseFilters } from './experiment-filters.ts';
import { findAuthors } from './find-authors.ts';
import { findExperiments, type ListInput } from './find-experiments.ts';
import { findExperimentsByEid } from './find-experiments-by-eid.ts';
import { countTags, findTags, type TagsInput } from './find-tags.ts';
import { removeExperiment } from './remove-experiment.ts';
import { removeExperiments } from './remove-experiments.ts';
import { removeTagFromExperiment } from './remove-tag-from-experiment.ts';
import { tagExperiments } from './tag-experiments.ts';
import { updateExperiment } from './update-experiment.ts';

describe.each(databases)('on %s', (database) => {
  test('numbers the experiments of a day from 1, and never gives a number twice', async () => {
    const ctx = await testContext(database);
    const first = await createExperiment(ctx, { title: 'Rabi', description: '', tags: [] });
    const second = await createExperiment(ctx, { title: 'Ramsey', description: '', tags: ['Qubit-3'] });
    expect([first.eid, second.eid]).toEqual(['20250301-1', '20250301-2']);
    await removeExperiment(ctx, second.uuid);
    expect((await createExperiment(ctx, { title: 'Echo', description: '', tags: [] })).eid).toBe(
      '20250301-3',
    );
  });

  test('of one microsecond, as clocks of two servers may have it, there are as many as were made', async () => {
    const ctx = await testContext(database);
    const now = ctx.clock.now();
    const still = { ...ctx, clock: { ...ctx.clock, now: () => now } };
    const made = [];
    for (const title of ['a', 'b', 'c'])
      made.push(await createExperiment(still, { title, description: '', tags: ['t'] }));
    const { experiments, total } = await findExperiments(ctx, { limit: 10, offset: 0 });
    expect(total).toBe(3);
    expect(experiments.map(({ eid }) => eid)).toEqual(made.map(({ eid }) => eid).toReversed());
  });

  test('a period holds all of its last microsecond, and none of the one before its first', async () => {
    const ctx = await testContext(database);
    const now = ctx.clock.now();
    const still = { ...ctx, clock: { ...ctx.clock, now: () => now } };
    for (const tag of ['t', 'u', 't'])
      await createExperiment(still, { title: 'abc', description: '', tags: [tag] });
    for (const others of [{}, { tags: ['t', 'u'] }, { title: 'abc' }])
      for (const [startDate, endDate, expected] of [
        [now, now, 3],
        [now, undefined, 3],
        [undefined, now, 3],
        [now + 1, undefined, 0],
        [undefined, now - 1, 0],
      ] as const) {
        const page = await findExperiments(ctx, {
          limit: 10,
          offset: 0,
          filters: { ...others, startDate, endDate },
        });
        const counted = await countExperiments(ctx, page.filters);
        expect([page.experiments.length, counted], JSON.stringify(page.filters)).toEqual([
          expected,
          expected,
        ]);
      }
  });

  test('a narrowed caller sees the tags of its experiments alone', async () => {
    const ctx = await testContext(database);
    const make = (tags: readonly string[]) => createExperiment(ctx, { title: 'x', description: '', tags });
    const [one, two] = [await make(['b', 'A']), await make(['c', 'a'])];
    await make(['secret', 'b']);
    const narrowed = { ...ctx, viewer: { ...ctx.viewer, only: new Set([one.uuid, two.uuid]) } };
    const tagsFor = async (input: TagsInput) => {
      const page = await findTags(narrowed, input);
      return [page.tags, await countTags(narrowed, page)];
    };
    expect(await tagsFor({})).toEqual([['A', 'b', 'c'], 3]);
    expect(await tagsFor({ limit: 1, offset: 1 })).toEqual([['b'], 3]);
    expect(await tagsFor({ filters: { includeDangling: true, startsWith: 'S' } })).toEqual([[], 0]);
    expect(await tagsFor({ filters: { startsWith: 'B' } })).toEqual([['b'], 1]);
  });

  test('a narrowed caller finds and counts its experiments alone, whatever others have asked before', async () => {
    const ctx = await testContext(database);
    const make = (title: string) => createExperiment(ctx, { title, description: '', tags: ['t'] });
    const [one, two] = [await make('Rabi'), await make('Rabi again')];
    const narrowed = { ...ctx, viewer: { ...ctx.viewer, only: new Set([one.uuid]) } };
    const seenBy = async (caller: Context) => {
      const byEid = await findExperimentsByEid(caller, [one.eid, two.eid]);
      const seen = [byEid.length];
      for (const filters of [{}, { title: 'rabi' }, { tags: ['t'] }]) {
        const page = await findExperiments(caller, { limit: 10, offset: 0, filters });
        seen.push(page.experiments.length, page.total ?? 0, await countExperiments(caller, page.filters));
      }
      return seen.filter((count) => count > 0);
    };
    expect(new Set(await seenBy(ctx))).toEqual(new Set([2]));
    expect(new Set(await seenBy(narrowed))).toEqual(new Set([1]));
    expect(new Set(await seenBy(ctx))).toEqual(new Set([2]));
  });

  test('lists are the same by every way of reading them as by looking at each experiment', async () => {
    const ctx = await testContext(database);
    const all = await fill(ctx, 120);
    const filters: FiltersInput[] = [
      {},
      { title: 'RABI' },
      { title: 'ra' },
      { title: '%' },
      { title: '20250301-1' },
      { title: 'δω' },
      { title: '"quoted"' },
      { tags: ['even'] },
      { tags: ['EVEN', 'third'] },
      { tags: ['third', 'nothing'] },
      { tags: ['nothing'] },
      { shouldIncludeTags: ['even', 'third'] },
      { shouldIncludeTags: ['__archived__'] },
      { shouldIncludeTags: ['__archived__', 'even'] },
      { title: 'rabi', tags: ['even', 'third'] },
      { title: 'rabi', shouldIncludeTags: ['third'] },
      { startDate: all[30]?.createdAt },
      { endDate: all[30]?.createdAt },
      { startDate: all[10]?.createdAt, endDate: all[90]?.createdAt },
      { startDate: all[10]?.createdAt, endDate: all[90]?.createdAt, tags: ['even'], title: 'abi' },
      { startDate: all[90]?.createdAt, endDate: all[10]?.createdAt },
      { createdBy: ['admin'] },
      { createdBy: ['nobody'] },
      { tags: ['__archived__'] },
    ];
    for (const filter of filters) {
      const expected = all.filter((experiment) => matches(experiment, filter)).map(({ eid }) => eid);
      const {
        experiments,
        total,
        filters: parsed,
      } = await findExperiments(ctx, {
        limit: 500,
        offset: 0,
        filters: filter,
      });
      expect(
        experiments.map(({ eid }) => eid),
        JSON.stringify(filter),
      ).toEqual(expected.toReversed());
      expect(await countExperiments(ctx, parsed), JSON.stringify(filter)).toBe(expected.length);
      // The kept total.
      expect(await countExperiments(ctx, parsed)).toBe(expected.length);
      expect([undefined, expected.length]).toContain(total);
    }
    for (const filter of [{}, { shouldIncludeTags: ['__archived__'] }]) {
      const { experiments, total } = await findExperiments(ctx, { limit: 500, offset: 0, filters: filter });
      expect(experiments).not.toEqual([]);
      expect(total).toBe(experiments.length);
    }
  });

  test.each([
    'CREATED_DESC',
    'CREATED_ASC',
    'UPDATED_DESC',
    'UPDATED_ASC',
    'TITLE_ASC',
    'TITLE_DESC',
  ] as const)('pages by cursor give every experiment once, in the order %s', async (orderBy) => {
    const ctx = await testContext(database);
    await fill(ctx, 40);
    const whole = await findExperiments(ctx, { limit: 500, offset: 0, orderBy });
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const input: ListInput = { limit: 7, offset: 0, orderBy, after };
      const page = await findExperiments(ctx, input);
      paged.push(...page.experiments.map(({ eid }) => eid));
      after = page.endCursor();
    } while (after !== null);
    expect(paged).toEqual(whole.experiments.map(({ eid }) => eid));
    expect(new Set(paged).size).toBe(paged.length);
    const full = await findExperiments(ctx, { limit: paged.length, offset: 0, orderBy });
    expect(full.experiments).toHaveLength(paged.length);
    expect(full.endCursor()).toBeNull();
  });

  test('a cursor is good for the order that it comes from, and for no other', async () => {
    const ctx = await testContext(database);
    await fill(ctx, 10);
    const cursorOf = async (orderBy: ListInput['orderBy']) =>
      (await findExperiments(ctx, { limit: 2, offset: 0, orderBy })).endCursor();
    const refused = {
      code: 'BAD_INPUT',
      message: expect.stringContaining('no cursor of a list in the order'),
    };
    for (const [from, to] of [
      ['CREATED_DESC', 'CREATED_ASC'],
      ['CREATED_DESC', 'UPDATED_DESC'],
      ['TITLE_ASC', 'TITLE_DESC'],
      ['TITLE_ASC', 'UPDATED_ASC'],
    ] as const) {
      const page = findExperiments(ctx, { limit: 2, offset: 0, orderBy: to, after: await cursorOf(from) });
      await expect(page).rejects.toMatchObject(refused);
    }
  });

  test('what changed is seen at once, in lists and in totals', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'before', description: '', tags: ['a'] });
    const list = async (filters: FiltersInput) => {
      const page = await findExperiments(ctx, { limit: 10, offset: 0, filters });
      return {
        titles: page.experiments.map(({ title }) => title),
        total: await countExperiments(ctx, page.filters),
      };
    };
    expect(await list({ title: 'before' })).toEqual({ titles: ['before'], total: 1 });
    await updateExperiment(ctx, uuid, { title: 'after' });
    expect(await list({ title: 'before' })).toEqual({ titles: [], total: 0 });
    expect(await list({ title: 'AFTER' })).toEqual({ titles: ['after'], total: 1 });
    await addTagsToExperiment(ctx, { uuid, tags: ['__archived__'] });
    expect(await list({ title: 'after' })).toEqual({ titles: [], total: 0 });
    expect(await list({ title: 'after', shouldIncludeTags: ['__archived__'] })).toEqual({
      titles: ['after'],
      total: 1,
    });
    expect(await list({ tags: ['a'] })).toEqual({ titles: [], total: 0 });
    await removeTagFromExperiment(ctx, { uuid, tag: '__ARCHIVED__' });
    expect(await list({ tags: ['A'] })).toEqual({ titles: ['after'], total: 1 });
    await removeExperiment(ctx, uuid);
    expect(await list({})).toEqual({ titles: [], total: 0 });
    expect(await tagsOf(ctx, { includeDangling: true })).toEqual({ tags: ['__archived__', 'a'], count: 2 });
    expect(await tagsOf(ctx, {})).toEqual({ tags: [], count: 0 });
  });

  test('a tag that was made with what was rolled back is made anew, in its new spelling', async () => {
    const ctx = await testContext(database);
    const { uuid, id, createdAt } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const tagged = { id, createdAt, archived: 0 } as const;
    const second = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const other = { id: second.id, createdAt: second.createdAt, archived: 0 } as const;
    const broken = ctx.write(async (tx) => {
      await addTags(ctx.db, tx, tagged, ['Lost', 'LOST too']);
      // This reads what is not committed.
      await addTags(ctx.db, tx, other, ['Lost']);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    const { tags } = await addTagsToExperiment(ctx, { uuid, tags: ['lost'] });
    expect(tags).toEqual(['lost']);
    const again = await createExperiment(ctx, { title: 'y', description: '', tags: ['LOST'] });
    expect(again.tags).toEqual(['lost']);
  });

  test('tags are found by their beginning, authors by what they made', async () => {
    const ctx = await testContext(database);
    expect(await findAuthors(ctx)).toEqual([]);
    await createExperiment(ctx, {
      title: '',
      description: '',
      tags: ['Qubit-3', 'qubit-31', 'qubits', 'run'],
    });
    expect(await tagsOf(ctx, { startsWith: 'QUBIT-3' })).toEqual({ tags: ['Qubit-3', 'qubit-31'], count: 2 });
    expect(await tagsOf(ctx, { startsWith: '' })).toMatchObject({ count: 4 });
    for (const startsWith of ['ubit', '%', 'é', 'run\0']) {
      expect(await tagsOf(ctx, { startsWith })).toEqual({ tags: [], count: 0 });
    }
    expect(await findAuthors(ctx)).toEqual(['admin']);
  });

  test('several are found by their EIDs, in the order asked for', async () => {
    const ctx = await testContext(database);
    for (const title of ['a', 'b', 'c']) {
      await createExperiment(ctx, { title, description: '', tags: title === 'b' ? ['__archived__'] : [] });
    }
    const titlesOf = async (...eids: string[]) =>
      (await findExperimentsByEid(ctx, eids)).map(({ title }) => title);
    expect(await titlesOf()).toEqual([]);
    expect(await titlesOf('20250301-3', '20250301-2', '20250301-3', '20250301-9', '\0', '')).toEqual([
      'c',
      'b',
    ]);
    expect(await titlesOf(...Array<string>(500).fill('20250301-1'))).toEqual(['a']);
    await expect(findExperimentsByEid(ctx, Array(501).fill('20250301-1'))).rejects.toThrow('At most 500');
  });

  test('many experiments change at once, all or none', async () => {
    const ctx = await testContext(database);
    const uuids: string[] = [];
    for (const tags of [['a', 'b'], ['b'], []]) {
      uuids.push((await createExperiment(ctx, { title: 'many', description: '', tags })).uuid);
    }
    const countOf = (filters: FiltersInput) => countExperiments(ctx, parseFilters(filters));
    const changed = await tagExperiments(ctx, { uuids, add: ['B', 'c', 'C', '__archived__'], remove: ['a'] });
    expect(changed.map(({ tags }) => tags)).toEqual([
      ['__archived__', 'b', 'c'],
      ['__archived__', 'b', 'c'],
      ['__archived__', 'b', 'c'],
    ]);
    expect(await countOf({ shouldIncludeTags: ['__archived__', 'c'] })).toBe(3);
    await tagExperiments(ctx, { uuids, remove: ['__archived__', 'b', 'none'] });
    expect([await countOf({}), await countOf({ tags: ['b'] }), await countOf({ tags: ['c'] })]).toEqual([
      3, 0, 3,
    ]);

    const unknown = '00000000-0000-4000-8000-000000000000';
    await expect(tagExperiments(ctx, { uuids: [...uuids, unknown], add: ['d'] })).rejects.toThrow(
      'Non-existing',
    );
    await expect(removeExperiments(ctx, [...uuids, unknown])).rejects.toThrow('Non-existing');
    expect([await countOf({ tags: ['d'] }), await countOf({})]).toEqual([0, 3]);
    await expect(tagExperiments(ctx, { uuids, add: ['x'], remove: ['X'] })).rejects.toThrow('"x"');
    await expect(
      removeExperiments(
        ctx,
        Array.from({ length: 501 }, (_, i) => `${i}`),
      ),
    ).rejects.toThrow('500');
    const full = Array.from({ length: 64 }, (_, i) => `full-${i}`);
    await expect(tagExperiments(ctx, { uuids, add: full })).rejects.toThrow('maximum of 64 tags');
    await tagExperiments(ctx, { uuids, add: full, remove: ['c'] });

    await removeExperiments(ctx, uuids.slice(0, 2).concat(uuids.slice(0, 1)));
    expect([await countOf({}), await countOf({ tags: ['full-1'] })]).toEqual([1, 1]);
    expect(await tagExperiments(ctx, { uuids: [] })).toEqual([]);
  });

  test('an update from an old version changes nothing', async () => {
    const ctx = await testContext(database);
    const { uuid, version } = await createExperiment(ctx, { title: 'one', description: 'text', tags: [] });
    await updateExperiment(ctx, uuid, { title: 'two', version });
    await expect(updateExperiment(ctx, uuid, { title: 'three', version })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const cleared = await updateExperiment(ctx, uuid, { clear: ['DESCRIPTION'], version: version + 1 });
    expect(cleared).toMatchObject({ title: 'two', description: '', version: version + 2 });
    await expect(updateExperiment(ctx, uuid, { title: 'x', clear: ['TITLE'] })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  test('other input is a conflict also where the first of several writes had failed', async () => {
    const ctx = await testContext(database);
    const unknown = randomUUID();
    const begin = (...input: readonly string[]) => {
      const request = anotherRequest(ctx, 'key');
      request.idempotency?.describeInput(...input);
      return request;
    };
    const input = { title: 'a', description: '', tags: [] };
    const removeAndCreate = async () => {
      const request = begin('remove', 'create');
      await expect(removeExperiment(request, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      return (await createExperiment(request, input)).uuid;
    };
    const uuid = await removeAndCreate();
    const refused = { code: 'KEY_REUSED' };
    await expect(createExperiment(begin('create'), input)).rejects.toMatchObject(refused);
    await expect(removeExperiment(begin('remove'), uuid)).rejects.toMatchObject(refused);
    expect(await removeAndCreate()).toBe(uuid);
  });

  test('a repeat with the same Idempotency-Key creates nothing; other input is a conflict', async () => {
    const ctx = await testContext(database);
    const ask = async (key: string, title: string) => {
      const request = anotherRequest(ctx, key);
      request.idempotency?.describeInput(title);
      return createExperiment(request, { title, description: '', tags: [] });
    };
    const [first, again, other] = [await ask('k1', 'a'), await ask('k1', 'a'), await ask('k2', 'a')];
    expect(again.uuid).toBe(first.uuid);
    expect(other.uuid).not.toBe(first.uuid);
    await expect(ask('k1', 'b')).rejects.toMatchObject({ code: 'KEY_REUSED' });
    const both = await Promise.all([ask('k3', 'c'), ask('k3', 'c')]);
    expect(both[0]?.uuid).toBe(both[1]?.uuid);
    expect(await countExperiments(ctx, (await findExperiments(ctx, { limit: 0, offset: 0 })).filters)).toBe(
      3,
    );
  });

  test('a failing work takes no other of its commit with it', async () => {
    const ctx = await testContext(database);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        ctx.write(async (tx) => {
          await tx.appendEvent('experiment.created', `${i}`);
          if (i % 2) throw new Error('no');
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect((await createExperiment(ctx, { title: 'x', description: '', tags: [] })).eid).toBe('20250301-1');
  });
});

interface Made {
  eid: string;
  title: string;
  createdAt: number;
  tags: readonly string[];
}

async function fill(ctx: Context, count: number): Promise<Made[]> {
  const made: Made[] = [];
  for (let i = 0; i < count; i += 1) {
    const tags = [
      ...(i % 2 ? [] : ['even']),
      ...(i % 3 ? [] : ['Third']),
      ...(i % 10 === 7 ? ['__archived__'] : []),
    ];
    const title = [`Rabi ${i}`, `100% ΔΩ ${i}`, `a "quoted" _title_ ${i}`][i % 3] ?? '';
    made.push(await createExperiment(ctx, { title, description: 'text', tags }));
  }
  return made;
}

/** The contract's rules, in the plainest words. */
function matches({ eid, title, createdAt, tags }: Made, filter: FiltersInput): boolean {
  const has = (tag: string) => tags.some((own) => own.toLowerCase() === tag.toLowerCase());
  const wantsArchived =
    filter.shouldIncludeTags?.some((tag) => tag.toLowerCase() === '__archived__') ?? false;
  return (
    has('__archived__') === wantsArchived &&
    `${title}\n${eid}`.toLowerCase().includes((filter.title ?? '').toLowerCase()) &&
    (filter.tags ? filter.tags.some(has) : true) &&
    (filter.shouldIncludeTags ?? []).every(has) &&
    createdAt >= (filter.startDate ?? 0) &&
    createdAt <= (filter.endDate ?? Number.POSITIVE_INFINITY) &&
    (filter.createdBy ? filter.createdBy.includes('admin') : true)
  );
}

async function tagsOf(ctx: Context, filters: TagsInput['filters']) {
  const page = await findTags(ctx, { filters: filters ?? null });
  return { tags: page.tags, count: await countTags(ctx, page) };
}
