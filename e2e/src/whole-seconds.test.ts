import { readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, send } from './check-command.ts';
import { ext4Disk } from './faults/small-disk.ts';
import { canProvoke } from './faults/tools.ts';
import { create } from './graphql-client.ts';
import { startServer } from './start-server.ts';

/** Small inodes have no room for more. */
const WHOLE_SECONDS = ['-I', '128'];

describe.runIf(canProvoke('a disk that keeps whole seconds', 'disks')).each([
  ['all data', 'links'],
  ['the folders of the experiments', 'copies'],
])('on a disk that keeps whole seconds, with %s', (_, kind) => {
  test('readable names show the last of many versions of one size', async () => {
    const { server, uuid, experimentsDir, folder } = await serverOnSuchDisk(kind);
    for (let i = 0; i < 10; i += 1) {
      await send(server, uuid, 'state.txt', `state ${i}`);
      await expect.poll(() => readFile(join(folder, 'state.txt'), 'utf8')).toBe(`state ${i}`);
    }
    expect(await readdir(folder)).toEqual(['state.txt']);
    const { output } = await check(server, '--experiments-dir', experimentsDir);
    expect(output).toContain('nothing is wrong');
  });

  test('somebody’s own files stay, also of the same size and second', async () => {
    const { server, uuid, folder } = await serverOnSuchDisk(kind);
    for (const name of ['replaced', 'deleted']) {
      const path = join(folder, name);
      await send(server, uuid, name, 'one');
      // What is copied may be shown behind the answer.
      await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toBe('one');
      const { mtimeMs } = await stat(path);
      await writeFile(`${path}.new`, 'own');
      await utimes(`${path}.new`, mtimeMs / 1000, mtimeMs / 1000);
      await rename(`${path}.new`, path);
    }
    await send(server, uuid, 'replaced', 'other');
    const deleted = await fetch(`${server.url}/api/files/${uuid}/delete_files`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file_list: ['deleted'] }),
    });
    expect(deleted.status).toBe(200);
    // What was deleted and what was replaced are gone.
    await expect.poll(() => objectsIn(server.dataDir)).toHaveLength(1);
    const names = (await readdir(folder)).toSorted();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    expect(names).toEqual(['deleted', 'replaced', expect.stringMatching(/^replaced~/)]);
    expect(texts).toEqual(['own', 'own', 'other']);
  });
});

async function objectsIn(dataDir: string): Promise<string[]> {
  const names = await readdir(join(dataDir, 'objects'), { recursive: true });
  return names.filter((name) => /^\d{8}\/./.test(name));
}

async function serverOnSuchDisk(kind: string) {
  const disk = await ext4Disk(64, onTestFinished, WHOLE_SECONDS);
  const experimentsDir = join(disk.path, 'experiments');
  const server = await startServer({
    env: { AQUEDUCT_EXPERIMENTS_DIR: experimentsDir },
    ...(kind === 'links' ? { dataDir: disk.path } : {}),
  });
  onTestFinished(async () => void (await server.stop()));
  const { uuid, eid } = await create(server.url, 'x');
  return { server, uuid, experimentsDir, folder: join(experimentsDir, eid) };
}
