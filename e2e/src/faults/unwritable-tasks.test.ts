import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { graphql, upload } from '../graphql-client.ts';
import { processesOf } from '../tasks/find-marked.ts';
import { ScriptServer } from '../tasks/script-server.ts';
import { askToCreate } from './expect-refused.ts';
import { ext4Disk } from './small-disk.ts';
import { canProvoke } from './tools.ts';

const DISK_MIB = 48;
/** I5 of the bar; and what a write waits for a lock. */
const GONE_WITHIN_MS = 12_000;
const STOPPED_WITHIN_MS = 15_000;
const SCRIPTS = { waits: 'printf %s "$api_token" > token.new; mv token.new token; echo begin; sleep 600' };
const INPUTS = 'query ($t: UUID!) { task(taskId: $t) { inputs { name given readAt } } }';

describe.runIf(canProvoke('tasks on full disks', 'disks', 'processes'))('on a disk that is full', () => {
  test('a task reads, and is cancelled; both are in its record when there is room again', async () => {
    const { running, uuid, disk } = await onFullDisk();
    const token = await readFile(join(running.folder, 'token'), 'utf8');
    for (let i = 0; i < 3; i += 1) {
      const file = await fetch(`${running.url}/api/files/${running.experiment.uuid}/data.csv`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect({ status: file.status, text: await file.text() }).toEqual({ status: 200, text: 't,v\n' });
    }

    const asked = performance.now();
    expect(await running.cancel(uuid)).toBe('STARTED');
    await expect.poll(() => processesOf(uuid), { timeout: GONE_WITHIN_MS }).toEqual([]);
    expect(performance.now() - asked).toBeLessThan(GONE_WITHIN_MS);
    expect((await running.task(uuid)).taskStatus).toBe('STARTED');
    await disk.free();
    expect(await running.end(uuid)).toMatchObject({ taskStatus: 'REVOKED', stdOut: 'begin\n' });
    const { data } = await graphql<{ task: { inputs: object[] } }>(running.url, INPUTS, { t: uuid });
    const readAt = expect.stringMatching(/^\d{4}-/) as string;
    expect(data?.task.inputs).toEqual([{ name: 'data.csv', given: false, readAt }]);
  });

  test('a server with a task stops; the next start says what became of the task', async () => {
    const { running, uuid, disk } = await onFullDisk();
    await expectStop(running);
    expect(processesOf(uuid)).toEqual([]);
    await disk.free();
    await running.restart();
    const ended = await running.end(uuid, 30_000);
    expect(ended.taskStatus).toBe('FAILURE');
    expect(ended.stdErr).toContain('The worker of this task was lost');
  });
});

describe.runIf(canProvoke('tasks and a locked database', 'processes'))(
  'while another program holds the database',
  () => {
    test('a task is cancelled, and REVOKED afterwards', async () => {
      const { running, uuid } = await begin({});
      const release = lockDatabase(running);
      expect(await running.cancel(uuid)).toBe('STARTED');
      await expect.poll(() => processesOf(uuid), { timeout: GONE_WITHIN_MS }).toEqual([]);
      release();
      expect((await running.end(uuid)).taskStatus).toBe('REVOKED');
    });

    test('a server with a task stops, and who waits for another is told so', async () => {
      const { running, uuid } = await begin({});
      const waiting = running.execute('waits');
      await expect.poll(() => running.states()).toEqual(['STARTED', 'STARTED']);
      lockDatabase(running);
      await expectStop(running);
      expect(processesOf(uuid)).toEqual([]);
      expect((await waiting).errors?.[0]?.message).toMatch(/being stopped before the task/);
    });
  },
);

async function expectStop(running: ScriptServer): Promise<void> {
  const asked = performance.now();
  expect(await running.server.stop('SIGTERM'), running.server.output()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(STOPPED_WITHIN_MS);
}

async function begin(options: Parameters<typeof ScriptServer.start>[1]) {
  const running = await ScriptServer.start(SCRIPTS, options);
  await upload(running.url, running.experiment.uuid, 'data.csv', Buffer.from('t,v\n'));
  const uuid = await running.submit('waits');
  await expect.poll(() => running.printed(uuid), { timeout: 20_000 }).toContain('begin');
  return { running, uuid };
}

async function onFullDisk() {
  const disk = await ext4Disk(DISK_MIB, onTestFinished);
  const begun = await begin({ dataDir: disk.path });
  await disk.fill();
  // Room that the database has already is used up first.
  while ((await askToCreate(begun.running.url)).ok);
  return { ...begun, disk };
}

/** Takes the lock for writing, as another program may; gives what returns it. */
function lockDatabase({ server }: ScriptServer): () => void {
  const other = new Sqlite(join(server.dataDir, 'aqueduct.db'), { timeout: 5000 });
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  return () => void other.exec('rollback');
}
