import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Context } from '../access/context.ts';
import { issueTaskToken } from '../access/task-token.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { fileByName } from '../files/file.queries.ts';
import { uploadFile } from '../files/upload-file.ts';
import type { Storage } from '../platform/storage/storage.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { testTask } from '../testing/test-task.ts';
import { OutputRecorder } from './output-recorder.ts';
import { Runner } from './runner.ts';
import { saveLogFile } from './save-log-file.ts';
import type { TakenTask } from './take-task.ts';
import { insertTask } from './task.queries.ts';

/** Longer than a write waits. */
const AWAY_MS = 6500;
const MIB = 1024 * 1024;
const PRINTED = 'line\n'.repeat(10_000);

describe.each(databases)('on %s', (database) => {
  test('the log file of a task waits for a database that is away when it is saved', async () => {
    const context = await testContext(database);
    let tries = 0;
    const ctx = afterPut(context, async () => {
      tries += 1;
      if (tries > 1) return;
      const release = await lockDatabase(context);
      void sleep(AWAY_MS).then(release);
    });
    const { id: experimentId, uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    await addTask(ctx, experimentId);
    const name = await save(ctx, { experimentId, experimentUuid: uuid });
    expect(name).toMatch(/^Test-run-\d{8}-\d{6}\.log$/);
    expect(tries).toBeGreaterThan(1);
    const file = await ctx.db.first(fileByName, { experimentId, name: name ?? '' });
    const content = await buffer(await ctx.storage.open(file?.object_key ?? ''));
    expect(String(content)).toBe(`result code:\n0\n======\nstdout:\n${PRINTED}\n======\nstderr:\n\n`);
    const stored: string[] = [];
    for await (const { key } of ctx.storage.list()) stored.push(key);
    expect(stored).toEqual([file?.object_key]);
  });

  test('the log file of a task is given up where its files can not be written, when the server stops', async () => {
    const context = await testContext(database);
    let tries = 0;
    const ctx = afterPut(context, async () => {
      tries += 1;
      await lockDatabase(context);
    });
    const { id: experimentId, uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    await addTask(ctx, experimentId);
    const experiment = { experimentId, experimentUuid: uuid };
    expect(await save(ctx, experiment, async () => undefined, AbortSignal.abort())).toBeNull();
    expect(tries).toBe(1);
  });

  test('the log file of a long output is stored page by page, in each try', async () => {
    const context = await testContext(database);
    const pieces: number[] = [];
    let tries = 0;
    const ctx = afterPut(
      context,
      async () => {
        tries += 1;
        if (tries > 1) return;
        const release = await lockDatabase(context);
        void sleep(AWAY_MS).then(release);
      },
      (piece) => pieces.push(piece.length),
    );
    const { id: experimentId, uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    await addTask(ctx, experimentId);
    const printed = { 1: '', 2: '' };
    const name = await save(ctx, { experimentId, experimentUuid: uuid }, async (recorder) => {
      for (let i = 0; i < 300; i += 1) {
        for (const stream of [1, 2] as const) {
          const text = `${stream} ${i} é\0\n`.repeat(i % 10 === 0 ? 9000 : 1);
          printed[stream] += text;
          await recorder.add(stream, Buffer.from(text));
        }
      }
      await recorder.end();
    });
    expect(tries).toBeGreaterThan(1);
    const file = await ctx.db.first(fileByName, { experimentId, name: name ?? '' });
    const content = await buffer(await ctx.storage.open(file?.object_key ?? ''));
    const whole = `result code:\n0\n======\nstdout:\n${printed[1]}\n======\nstderr:\n${printed[2]}\n`;
    expect(content.length).toBeGreaterThan(4 * MIB);
    expect(content.equals(Buffer.from(whole))).toBe(true);
    expect(Math.max(...pieces)).toBeLessThan(1.1 * MIB);
  });

  test('two log files of one second, by two servers, have names of their own', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2024, 10, 22, 13, 37) });
    onTestFinished(() => void vi.useRealTimers());
    const other = await testContext(database);
    const { id: experimentId, uuid } = await createExperiment(other, {
      title: 'x',
      description: '',
      tags: [],
    });
    const name = 'Test-run-20241122-133700.log';
    let isFirst = true;
    const ctx = afterPut(other, async () => {
      if (!isFirst) return;
      isFirst = false;
      const object = await other.storage.put(Readable.from([Buffer.from('of the other')]));
      await uploadFile(other, { uuid, name, object });
    });
    await addTask(ctx, experimentId);
    expect(await save(ctx, { experimentId, experimentUuid: uuid })).toBe('Test-run-20241122-133700-2.log');
    const file = await ctx.db.first(fileByName, { experimentId, name });
    expect(String(await buffer(await ctx.storage.open(file?.object_key ?? '')))).toBe('of the other');
  });

  test('nothing is stored for a task that went with its experiment', async () => {
    const context = await testContext(database);
    let stored = 0;
    const ctx = afterPut(context, async () => void (stored += 1));
    expect(await save(ctx, { experimentId: 1, experimentUuid: ctx.newUuid() })).toBeNull();
    expect(stored).toBe(0);
  });
});

/** The same context; something happens whenever bytes were stored, and with each piece that is to be. */
function afterPut(
  ctx: Context,
  happen: () => Promise<void>,
  look: (piece: Uint8Array) => void = () => undefined,
): Context {
  const put: Storage['put'] = async (source, ...options) => {
    const object = await ctx.storage.put(lookedAt(source, look), ...options);
    await happen();
    return object;
  };
  const storage = new Proxy(ctx.storage, {
    get: (target, name) => {
      if (name === 'put') return put;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...ctx, storage };
}

async function* lookedAt(
  source: AsyncIterable<Uint8Array>,
  look: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    look(piece);
    yield piece;
  }
}

/** Keeps everybody from writing files into the record, until what it gives is called. */
async function lockDatabase({ config }: Context): Promise<() => void> {
  if (config.databaseUrl === undefined) {
    const other = new Sqlite(join(config.dataDir, 'aqueduct.db'), { timeout: 5000 });
    onTestFinished(() => void other.close());
    other.exec('begin immediate');
    return () => other.exec('rollback');
  }
  const client = new pg.Client({ connectionString: config.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('begin; lock table aqueduct.file in access exclusive mode');
  return () => void client.query('rollback');
}

async function addTask(ctx: Context, experimentId: number): Promise<void> {
  await ctx.db.write((tx) => tx.run(insertTask, testTask(ctx, experimentId, { isBlocking: 1 })));
}

async function save(
  ctx: Context,
  experiment: Pick<TakenTask, 'experimentId' | 'experimentUuid'>,
  print = async (recorder: OutputRecorder) => void recorder.add(1, Buffer.from(PRINTED)),
  stopping = new AbortController().signal,
): Promise<string | null> {
  const runner = new Runner(ctx, { ownUrl: '', variables: {}, singleUser: ctx.viewer });
  const names = { extensionName: 'Test', actionName: 'run' };
  const task = { id: 1, uuid: ctx.newUuid(), eid: '20250301-1', ...names, ...experiment } as TakenTask;
  const grant = { taskUuid: task.uuid, userUuid: ctx.viewer.uuid, experiments: undefined };
  await ctx.db.write((tx) => issueTaskToken(tx, grant));
  const recorder = new OutputRecorder(ctx, task.id, 10 * MIB, 'secret');
  await print(recorder);
  return saveLogFile(runner, task, recorder, 0, stopping);
}
