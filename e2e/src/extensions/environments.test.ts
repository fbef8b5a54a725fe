import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { graphql } from '../graphql-client.ts';
import { ScriptServer } from '../tasks/script-server.ts';

const LINK = '.aqueduct-extension-venv';
/** A project whose building writes the file `building` and then waits until it is killed. */
const PROJECT = `[build-system]
requires = []
build-backend = "endless"
backend-path = ["."]
`;
const ENDLESS = 'import time\nopen("building", "w").close()\ntime.sleep(600)\n';

const python = await promisify(execFile)('python3', ['-m', 'venv', '--help']).then(
  () => true,
  () => false,
);
if (!python) console.log('Environments of tasks are not tested: there is no python3 with venv on the path.');

describe.skipIf(!python)('the environment of an extension', { timeout: 240_000 }, () => {
  test('is built by the first of ten tasks, in its log; all of them run in it', async () => {
    const running = await ScriptServer.start({ print: '$python -c "import sys; print(sys.prefix)"' });
    const uuids = await Promise.all(Array.from({ length: 10 }, () => running.submit('print')));
    const ended = await Promise.all(uuids.map((uuid) => running.end(uuid, 200_000)));
    expect(ended.map(({ taskStatus }) => taskStatus)).toEqual(Array(10).fill('SUCCESS'));
    expect(new Set(ended.map(({ stdOut }) => stdOut)).size).toBe(1);
    expect(ended[0]?.stdOut).toContain(`${running.folder}/${LINK}-`);
    expect(ended.filter(({ stdErr }) => stdErr?.includes('Building the environment'))).toHaveLength(1);
  });

  test('that is cancelled or killed while it is built leaves no half; the next task builds it', async () => {
    const running = await ScriptServer.start({ print: '$python -V' });
    const building = join(running.folder, 'building');
    const startBuild = async () => {
      await rm(building, { force: true });
      const uuid = await running.submit('print');
      await expect.poll(() => existsSync(building), { timeout: 120_000 }).toBe(true);
      return uuid;
    };
    await writeFile(join(running.folder, 'pyproject.toml'), PROJECT);
    await writeFile(join(running.folder, 'endless.py'), ENDLESS);

    const cancelled = await startBuild();
    const waiting = await running.submit('print');
    await expect.poll(() => running.printed(waiting)).toContain('Waiting for another task');
    await running.cancel(waiting);
    expect((await running.end(waiting)).taskStatus).toBe('REVOKED');
    await running.cancel(cancelled);
    expect((await running.end(cancelled)).taskStatus).toBe('REVOKED');
    expect(await halves(running)).toEqual([]);

    const killed = await startBuild();
    await running.killAndRestart();
    expect((await running.end(killed)).taskStatus).toBe('FAILURE');

    await writeFile(join(running.folder, 'pyproject.toml'), '');
    const built = await running.end(await running.submit('print'), 120_000);
    expect(built).toMatchObject({
      taskStatus: 'SUCCESS',
      stdOut: expect.stringMatching(/^Python 3/) as string,
    });
    expect(await halves(running)).toEqual([LINK, expect.stringMatching(/-[0-9a-f]{12}$/)]);
  });

  test('takes so long that the extension changes: what runs is what it is then, and what the record names', async () => {
    const script = "$python -c \"import os; print(open('code').read(), os.environ['gain'])\"";
    const running = await ScriptServer.start({ print: script }, { more: 'constants: { gain: 1 }' });
    const manifest = join(running.folder, 'manifest.yml');
    const code = join(running.folder, 'code');
    await writeFile(code, 'old');
    const lock = new Sqlite(join(running.folder, `${LINK}.lock`));
    lock.exec('begin exclusive');
    const waiting = await running.submit('print');
    await expect.poll(() => running.printed(waiting)).toContain('Waiting for another task');
    await writeFile(code, 'new');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('gain: 1', 'gain: 2').replace('print(', "print('changed',"));
    lock.close();
    const ended = await running.end(waiting, 200_000);
    expect(ended).toMatchObject({ taskStatus: 'SUCCESS', stdOut: 'changed new 2\n' });

    const later = await running.submit('print');
    expect((await running.end(later)).stdOut).toBe('changed new 2\n');
    const known = await environmentOf(running, waiting);
    expect(known.script).toContain('changed');
    expect(known).toEqual(await environmentOf(running, later));
  });
});

/** What a task ran in, as the record has it. */
async function environmentOf({ url }: ScriptServer, uuid: string): Promise<{ script: string }> {
  const { data, errors } = await graphql<{ task: { environment: { script: string } } }>(
    url,
    'query ($t: UUID!) { task(taskId: $t) { environment { script extensionHash interpreter packages } } }',
    { t: uuid },
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data.task.environment;
}

/** Environments, whole or half, and what their building leaves. */
async function halves({ folder }: ScriptServer): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.startsWith(LINK) && name !== `${LINK}.lock`).sort();
}
