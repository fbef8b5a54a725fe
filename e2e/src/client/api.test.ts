import { randomUUID } from 'node:crypto';
import { API, type Experiment, InvalidArgumentError, RemoteOperationError } from '@aqueduct/client';
import { describe, expect, test } from 'vitest';
import { useServer } from './test-api.ts';

const server = useServer();
const mark = () => randomUUID().slice(0, 8);

describe('API', () => {
  test.each(['', '/'])('takes the address with "%s" at its end', async (end) => {
    const api = new API(`${server.url()}${end}`);
    expect(api.url).toBe(server.url());
    expect(api.timeout).toBe(0.5);
    expect((await api.createExperiment('Rabi', '')).eid).toMatch(/^\d{8}-\d+$/);
  });

  test('creates an experiment with title, description and tags', async () => {
    const before = Date.now();
    const experiment = await server
      .api()
      .createExperiment('Rabi ΔΩ', '**cold**', { tags: ['qubit-3', 'Setup/1'] });

    expect(experiment.uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(experiment.createdAt.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(experiment.createdAtExact).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
    expect(experiment.createdAt.getTime()).toBe(Date.parse(experiment.createdAtExact));
    expect(await experiment.title).toBe('Rabi ΔΩ');
    expect(await experiment.description).toBe('**cold**');
    expect(await experiment.tags).toEqual(['qubit-3', 'Setup/1']);
    expect(await experiment.files).toEqual([]);
  });

  test('a creation tried again with its key gives the same experiment', async () => {
    const api = server.api();
    const idempotencyKey = randomUUID();
    const first = await api.createExperiment('once', '', { idempotencyKey });
    const second = await api.createExperiment('once', '', { idempotencyKey });
    expect(second.eid).toBe(first.eid);
    await expect(api.createExperiment('other', '', { idempotencyKey })).rejects.toMatchObject({
      code: 'KEY_REUSED',
    });
  });

  test('gets an experiment by EID and by UUID in any spelling', async () => {
    const api = server.api();
    const made = await api.createExperiment('to get', '');
    const expected = { uuid: made.uuid, eid: made.eid, createdAtExact: made.createdAtExact };
    expect(await api.getExperimentByEid(made.eid)).toMatchObject(expected);
    for (const spelling of [
      made.uuid,
      made.uuid.toUpperCase(),
      made.uuid.replaceAll('-', ''),
      `{${made.uuid}}`,
    ]) {
      expect(await api.getExperimentByUuid(spelling)).toMatchObject(expected);
    }
  });

  test.each(['/lab', '/api'])('says of the address %s that no Aqueduct answers there', async (path) => {
    const missing = new API(`${server.url()}${path}`).getExperimentByEid('19990101-1');
    await expect(missing).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'BAD_ANSWER' });
    await expect(missing).rejects.toThrow('Check that the url is the address of an Aqueduct server');
  });

  test('says so when there is no such experiment', async () => {
    const api = server.api();
    const missing = api.getExperimentByEid('19990101-1');
    await expect(missing).rejects.toBeInstanceOf(RemoteOperationError);
    await expect(missing).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `Could not get experiment 19990101-1 at ${server.url()}: Non-existing experiment with the specified eid for the user.`,
    });
    await expect(api.getExperimentByUuid(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(api.removeExperimentByEid('19990101-1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('removes an experiment', async () => {
    const api = server.api();
    const { eid } = await api.createExperiment('to remove', '');
    await api.removeExperimentByEid(eid);
    await expect(api.getExperimentByEid(eid)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('findExperiments', () => {
  async function make(count: number): Promise<{ name: string; made: Experiment[] }> {
    const name = mark();
    const made: Experiment[] = [];
    for (let i = 0; i < count; i++) {
      made.unshift(await server.api().createExperiment(`${name} ${i}`, '', { tags: [`t-${i % 2}`, name] }));
    }
    return { name, made };
  }
  const eids = (list: readonly Experiment[]) => list.map(({ eid }) => eid);

  test('gives the ten newest, and others by limit and offset', async () => {
    const api = server.api();
    const { name, made } = await make(12);
    expect(eids(await api.findExperiments())).toEqual(eids(made.slice(0, 10)));
    expect(eids(await api.findExperiments({ search: name }))).toEqual(eids(made.slice(0, 10)));
    expect(eids(await api.findExperiments({ search: name, limit: 3, offset: 2 }))).toEqual(
      eids(made.slice(2, 5)),
    );
    expect(eids(await api.findExperiments({ search: made[4]?.eid ?? '' }))).toContain(made[4]?.eid);
  });

  test('by tags: any of them', async () => {
    const { name, made } = await make(3);
    expect(eids(await server.api().findExperiments({ search: name, tags: ['T-0', 'none'] }))).toEqual(
      eids(made.filter((_, i) => i % 2 === 0)),
    );
  });

  test('by time: bounds as Date keep their millisecond, as text their microseconds', async () => {
    const api = server.api();
    const { name, made } = await make(3);
    const middle = made[1] as Experiment;
    const at = async (startDatetime: Date | string | undefined, endDatetime: Date | string | undefined) =>
      eids(await api.findExperiments({ search: name, startDatetime, endDatetime }));
    expect(await at(middle.createdAt, undefined)).toContain(middle.eid);
    expect(await at(undefined, middle.createdAt)).toContain(middle.eid);
    expect(await at(middle.createdAtExact, middle.createdAtExact)).toEqual([middle.eid]);
    expect(await at(new Date(Date.now() + 60_000), undefined)).toEqual([]);
  });

  test('the iterator gives all of them, page by page', async () => {
    const { name, made } = await make(7);
    const found: Experiment[] = [];
    for await (const experiment of server.api().experiments({ tags: [name], pageSize: 3 }))
      found.push(experiment);
    expect(eids(found)).toEqual(eids(made));
  });

  test('the iterator is not disturbed by what comes and goes meanwhile', async () => {
    const api = server.api();
    const { name, made } = await make(5);
    const found: string[] = [];
    for await (const { eid } of api.experiments({ search: name, pageSize: 2 })) {
      found.push(eid);
      if (found.length === 2) {
        await api.removeExperimentByEid(eid);
        await api.createExperiment(`${name} late`, '');
      }
    }
    expect(found).toEqual(eids(made));
  });

  test.each([
    ['before the next page', 1],
    ['within a page', 3],
  ])('an aborted signal ends the iterator %s', async (_, pageSize) => {
    const { name } = await make(3);
    const controller = new AbortController();
    const reason = new Error('enough');
    const found: string[] = [];
    const all = async () => {
      for await (const { eid } of server
        .api()
        .experiments({ search: name, pageSize, signal: controller.signal })) {
        found.push(eid);
        controller.abort(reason);
      }
    };
    await expect(all()).rejects.toBe(reason);
    expect(found).toHaveLength(1);
  });
});

describe('an experiment', () => {
  const make = () => server.api().createExperiment('Rabi', 'first', { tags: ['a'] });

  test('is read live', async () => {
    const experiment = await make();
    const other = await server.api().getExperimentByEid(experiment.eid);
    await other.setTitle('Ramsey');
    await other.addTags(['b']);
    expect(await experiment.title).toBe('Ramsey');
    expect(await experiment.tags).toEqual(['a', 'b']);
  });

  test('changes title and description, alone and together', async () => {
    const experiment = await make();
    await experiment.setTitle('T');
    await experiment.setDescription('D');
    expect([await experiment.title, await experiment.description]).toEqual(['T', 'D']);
    const before = await experiment.updatedAt;
    expect(before).toBeInstanceOf(Date);
    expect(await experiment.update({ title: 'T2', description: 'D2' })).toMatchObject({
      title: 'T2',
      description: 'D2',
      tags: ['a'],
    });
    expect((await experiment.updatedAt).getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  test('an empty text empties, what is not given stays', async () => {
    const experiment = await make();
    await experiment.setDescription('');
    expect([await experiment.title, await experiment.description]).toEqual(['Rabi', '']);
    await experiment.update({ description: 'again', clear: ['title'] });
    expect([await experiment.title, await experiment.description]).toEqual(['', 'again']);
  });

  test('an update from an older version changes nothing', async () => {
    const experiment = await make();
    const { version } = await experiment.fetch();
    await experiment.update({ title: 'mine', version });
    await expect(experiment.update({ title: 'theirs', version })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await experiment.title).toBe('mine');
  });

  test('an update of nothing is refused: it would look like a change', async () => {
    const experiment = await make();
    const before = (await experiment.fetch()).updatedAtExact;
    await expect(experiment.update({})).rejects.toBeInstanceOf(InvalidArgumentError);
    expect((await experiment.fetch()).updatedAtExact).toBe(before);
  });

  test('can not be made another one', async () => {
    const [experiment, other] = [await make(), await make()];
    expect(() => Object.assign(experiment, { uuid: other.uuid })).toThrow(TypeError);
    await experiment.setTitle('mine');
    expect([await experiment.title, await other.title]).toEqual(['mine', 'Rabi']);
  });

  test('takes and loses tags', async () => {
    const experiment = await make();
    await experiment.addTags(['b', 'c/d']);
    await experiment.removeTag('A');
    expect(await experiment.tags).toEqual(['b', 'c/d']);
    await expect(experiment.removeTag('gone')).rejects.toThrow(
      'DB query failed due to non-existing tag with the provided experiment.',
    );
    await expect(experiment.addTags(['x', 'x'])).rejects.toThrow(
      'Duplicate tags are not allowed in the request.',
    );
  });

  test('gives a snapshot of everything', async () => {
    const experiment = await make();
    await experiment.uploadFile(new Blob(['abc']), { name: 'a.txt' });
    const snapshot = await experiment.fetch();
    expect(snapshot).toEqual({
      uuid: experiment.uuid,
      eid: experiment.eid,
      title: 'Rabi',
      description: 'first',
      createdBy: 'admin',
      createdAt: experiment.createdAt,
      createdAtExact: experiment.createdAtExact,
      updatedAt: expect.any(Date),
      updatedAtExact: expect.stringMatching(/\.\d{6}\+00:00$/),
      tags: ['a'],
      files: [
        {
          name: 'a.txt',
          modifiedAt: expect.any(Date),
          modifiedAtExact: expect.stringMatching(/\.\d{6}\+00:00$/),
          size: 3,
          sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
          mediaType: 'text/plain',
          createdBy: 'admin',
        },
      ],
      viewerCanEdit: true,
      viewerCanDelete: true,
      version: expect.any(Number),
    });
  });

  test('says what, where and why when it is gone', async () => {
    const experiment = await make();
    await server.api().removeExperimentByEid(experiment.eid);
    await expect(experiment.title).rejects.toThrow(
      `Could not read the title of experiment ${experiment.eid} at ${server.url()}: `,
    );
    await expect(experiment.setTitle('x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(experiment.fetch()).rejects.toBeInstanceOf(RemoteOperationError);
  });

  test("the server's limits are told in its words", async () => {
    await expect(server.api().createExperiment('x'.repeat(257), '')).rejects.toMatchObject({
      reason: 'Title should be maximum 256 characters long.',
      code: 'BAD_INPUT',
    });
  });
});

test('an aborted signal gives up any request, with its reason', async () => {
  const api = server.api();
  const experiment = await api.createExperiment('Rabi', '');
  const reason = new Error('changed my mind');
  const signal = AbortSignal.abort(reason);
  const calls = [
    () => api.createExperiment('x', '', { signal }),
    () => api.findExperiments({ signal }),
    () => api.getExperimentByEid(experiment.eid, { signal }),
    () => api.getExperimentByUuid(experiment.uuid, { signal }),
    () => api.removeExperimentByEid(experiment.eid, { signal }),
    () => experiment.fetch({ signal }),
    () => experiment.setTitle('x', { signal }),
    () => experiment.setDescription('x', { signal }),
    () => experiment.update({ title: 'x' }, { signal }),
    () => experiment.addTags(['x'], { signal }),
    () => experiment.removeTag('x', { signal }),
    () => experiment.uploadFile(new Blob(['x']), { name: 'x', signal }),
    () => experiment.downloadFile('x', '.', { signal }),
    () => experiment.readFile('x', { signal }),
    () => experiment.removeFiles(['x'], { signal }),
  ];
  for (const call of calls) await expect(call(), String(call)).rejects.toBe(reason);
  expect(await experiment.title).toBe('Rabi');
});

test('wrong arguments are refused before anything is sent', async () => {
  const api = server.api();
  const experiment = await api.createExperiment('Rabi', '');
  const wrong = undefined as unknown as string;
  const calls = [
    () => api.createExperiment(wrong, ''),
    () => api.createExperiment('x', wrong),
    () => api.createExperiment('x', '', { tags: 'x' as unknown as string[] }),
    () => api.findExperiments({ limit: 0 }),
    () => api.findExperiments({ limit: 1.5 }),
    () => api.findExperiments({ offset: -1 }),
    () => api.findExperiments({ startDatetime: new Date('no date') }),
    () => api.getExperimentByEid(''),
    () => api.getExperimentByUuid('20240101-1'),
    () => api.removeExperimentByEid(wrong),
    () => experiment.setTitle(wrong),
    () => experiment.setDescription(wrong),
    () => experiment.update({ title: 'x', clear: ['title'] }),
    () => experiment.update({ clear: ['tags' as 'title'] }),
    () => experiment.addTags([1 as unknown as string]),
    () => experiment.removeTag(''),
    () => experiment.uploadFile(wrong),
    () => experiment.uploadFile(new Blob(['x'])),
    () => experiment.uploadFile(new Blob(['x']), { name: 'a/b' }),
    () => experiment.downloadFile('../x', '.'),
    () => experiment.downloadFile('x', wrong),
    () => experiment.readFile('..'),
    () => experiment.removeFiles([]),
    () => experiment.removeFiles(['a:b']),
  ];
  for (const call of calls) await expect(call(), String(call)).rejects.toBeInstanceOf(InvalidArgumentError);
});
