import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig, populateInstallation } from '@aqueduct/server';
import { leftOut } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, checkArguments, send } from './check-command.ts';
import { create, graphql } from './graphql-client.ts';
import { startCommand, startServer } from './start-server.ts';
import { AS_NOBODY, canLackRights, isRoot, NOBODY } from './without-rights.ts';

test('--adopt leaves to a program what it has open for writing', async () => {
  const { server, folder } = await serverWithFolder();
  const path = join(folder, 'rows.csv');
  const script = 'exec 7>"$0"; echo one >&7; read go; echo two >&7';
  const program = spawn('sh', ['-c', script, path], { stdio: ['pipe', 'ignore', 'inherit'] });
  await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toBe('one\n');
  const held = await check(server, '--adopt');
  expect(held.code, held.output).toBe(0);
  expect(held.output).toContain(`it stays: process ${program.pid} (sh) has it open for writing.`);
  program.stdin.end('go\n');
  await once(program, 'exit');
  const done = await check(server, '--adopt');
  expect(done.output).toContain('Notes: 1 adopted.');
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
});

test('one --adopt at a time works in a data folder', async () => {
  const { server, folder } = await serverWithFolder();
  await writeFile(join(folder, 'notes.txt'), 'by hand');
  const first = startCommand(checkArguments(server, '--adopt'));
  const ended = once(first.child, 'close');
  const lock = join(server.dataDir, 'adopt.lock');
  const sizeOf = () => statSync(lock, { throwIfNoEntry: false })?.size ?? 0;
  await expect.poll(sizeOf, { interval: 10 }).toBeGreaterThan(0);
  await sleep(20);
  first.child.kill('SIGSTOP');
  const second = await check(server, '--adopt');
  expect(second).toEqual({
    code: 2,
    output: expect.stringMatching(
      new RegExp(`^Another .* \\(process ${first.child.pid}\\) is at work in the data folder .*\n$`),
    ) as string,
  });
  first.child.kill('SIGCONT');
  await ended;
  expect(first.output()).toContain('Notes: 1 adopted.');
  expect(await readdir(folder)).toEqual(['notes.txt']);
});

test.skipIf(
  leftOut(!isRoot, 'an adoption by another user than that of the server', 'only root may give files away'),
)('--adopt is for the user of the server: what root makes would be in its way', async () => {
  const { server, folder } = await serverWithFolder();
  await writeFile(join(folder, 'notes.txt'), 'by hand');
  // The last that a start makes, but for the last change, which the server may note at any moment.
  await expect.poll(() => readdir(server.dataDir)).toContain('databases');
  const list = async () =>
    (await readdir(server.dataDir, { recursive: true })).filter((name) => name !== 'last-change');
  const user = await giveAway(server.dataDir);
  const before = await list();
  const { config } = loadConfig({ env: { AQUEDUCT_DATA_DIR: server.dataDir }, cwd: server.dataDir });
  await expect(populateInstallation(config, 1, () => undefined)).rejects.toThrow(
    `Run this as user ${user.name}.`,
  );
  const adopted = await check(server, '--adopt');
  expect(adopted).toEqual({
    code: 2,
    output: expect.stringContaining(`Run this as user ${user.name}. Nothing was changed.`) as string,
  });
  expect(await list()).toEqual(before);
  expect((await check(server)).output).toContain('Notes: 1 by-hand.');
  await server.stop();
  await expect(startServer({ dataDir: server.dataDir })).rejects.toThrow(`Run this as user ${user.name}.`);
});

test('what works beside a server leaves its user the name that it has', async () => {
  const { server, eid, folder } = await serverWithFolder({ DEFAULT_USERNAME: 'alice' });
  await writeFile(join(folder, 'notes.txt'), 'by hand');
  const { config } = loadConfig({ env: { AQUEDUCT_DATA_DIR: server.dataDir }, cwd: server.dataDir });
  await populateInstallation(config, 1, () => undefined);
  expect((await check(server, '--adopt')).output).toContain('Notes: 1 adopted.');
  const { data } = await graphql<{ experiment: object }>(
    server.url,
    'query ($eid: String!) { experiment(experimentIdentifier: {type: EID, value: $eid}) { createdBy files { createdBy } } }',
    { eid },
  );
  expect(data?.experiment).toEqual({ createdBy: 'alice', files: [{ createdBy: 'alice' }] });
});

describe.runIf(canLackRights())('a user without rights', () => {
  test('learns that the data folder may not be used', async () => {
    const { server } = await serverWithFolder();
    await server.stop();
    const user = await giveAway(server.dataDir);
    await chmod(server.dataDir, 0);
    onTestFinished(() => chmod(server.dataDir, 0o755));
    const may = `User ${user.name} may not use the data folder ${server.dataDir}`;
    const hidden = await user.run(checkArguments(server));
    expect(hidden).toEqual({ code: 2, output: expect.stringContaining(`${may} (EACCES`) as string });
    await chmod(server.dataDir, 0o555);
    const readOnly = await user.run(checkArguments(server));
    expect(readOnly).toEqual({
      code: 2,
      output: expect.stringContaining(`${may} (attempt to write`) as string,
    });
  });

  test('learns of a folder that it may not look into, and of nothing that is missing there', async () => {
    const server = await startServer();
    const { uuid, eid } = await create(server.url, 'x');
    await send(server, uuid, 'data.csv', 'data');
    await server.stop();
    const user = await giveAway(server.dataDir);
    const folder = join(server.dataDir, 'experiments', eid);
    onTestFinished(() => chmod(folder, 0o755));
    for (const mode of [0, 0o444]) {
      await chmod(folder, mode);
      const { code, output } = await user.run(checkArguments(server));
      expect({ code, output }).toMatchObject({
        code: 1,
        output: expect.stringContaining(`user ${user.name} may not read ${folder}`),
      });
      expect(output).toContain('Problems: 1 unreadable.\n');
    }
  });

  test.each([
    ['', 2, 'may not write FOLDER/adopt.lock, so nothing can be taken in'],
    ['objects', 1, 'it could not be taken in, and stays: user NAME may not write in FOLDER (EACCES: '],
    [
      'experiments/EID',
      1,
      'it could not be taken in, and stays: user NAME may not write in FOLDER (EACCES: ',
    ],
    [
      'experiments/EID/notes.txt',
      1,
      'it could not be taken in, and stays: user NAME may not read FOLDER (EACCES: ',
    ],
  ])('learns that --adopt may not use %j', async (place, expected, text) => {
    const { server, eid, folder } = await serverWithFolder();
    await writeFile(join(folder, 'notes.txt'), 'by hand');
    const denied = join(server.dataDir, place.replace('EID', eid));
    const user = await giveAway(server.dataDir);
    await chmod(denied, place.endsWith('.txt') ? 0 : 0o555);
    onTestFinished(() => chmod(denied, 0o755));
    const { code, output } = await user.run(checkArguments(server, '--adopt'));
    expect(code, output).toBe(expected);
    expect(output).toContain(text.replace('NAME', user.name).replace('FOLDER', denied));
    expect(output).not.toMatch(/nothing is wrong|later|"level"/);
    await chmod(denied, 0o755);
    const allowed = await user.run(checkArguments(server, '--adopt'));
    expect(allowed.output).toContain(': taken in.\n');
  });
});

/** A server with an experiment whose folder is there, and empty. */
async function serverWithFolder(env: Readonly<Record<string, string>> = {}) {
  const server = await startServer({ env });
  onTestFinished(async () => void (await server.stop()));
  const { eid } = await create(server.url, 'x');
  const folder = join(server.dataDir, 'experiments', eid);
  await mkdir(folder, { recursive: true });
  return { server, eid, folder };
}

/** Root may do everything: then the folder goes to a user who is asked for rights. */
async function giveAway(folder: string) {
  if (isRoot) {
    for (const name of ['', ...(await readdir(folder, { recursive: true }))])
      await chown(join(folder, name), NOBODY, NOBODY);
  }
  return {
    name: isRoot ? 'nobody' : userInfo().username,
    async run(args: readonly string[]) {
      const { child, output } = startCommand(args, { AQUEDUCT_FREE_SPACE_RESERVE: '0' }, AS_NOBODY);
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, output: output() };
    },
  };
}
