import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig, populateInstallation } from '@aqueduct/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, send } from '../check-command.ts';
import { create, upload } from '../graphql-client.ts';
import { freePort, runCommand, startServer } from '../start-server.ts';
import { ext4Disk } from './small-disk.ts';
import { canProvoke } from './tools.ts';

const DISK_MIB = 48;

describe.runIf(canProvoke('full and read-only disks', 'disks'))('a disk', () => {
  test('that is full at the start: why it is none is said in a sentence, and with room all is there', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const { dataDir, stop, url } = await startServer({ dataDir: disk.path });
    onTestFinished(async () => void (await stop('SIGKILL')));
    const { uuid } = await create(url, 'x');
    expect((await upload(url, uuid, 'before', Uint8Array.from(Buffer.from('kept')))).status).toBe(200);
    await stop('SIGTERM');
    await disk.fill();
    const refused = await runCommand(['serve', '--data-dir', dataDir, '--port', String(await freePort())]);
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(
      /^The database .*aqueduct\.db can't be used: .* make some MiB free there\..*\n$/,
    );

    await disk.free();
    const again = await startServer({ dataDir });
    onTestFinished(async () => void (await again.stop('SIGKILL')));
    expect(await (await fetch(`${again.url}/api/files/${uuid}/before`)).text()).toBe('kept');
  });

  test('that takes no more files at the start, for want of inodes: that is said, too', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished, ['-N', '64']);
    const { dataDir, stop } = await startServer({ dataDir: disk.path });
    await stop('SIGTERM');
    const fill = async () => {
      for (let i = 0; ; i += 1) await writeFile(join(disk.path, `ballast-${i}`), '');
    };
    await expect(fill()).rejects.toThrow('ENOSPC');
    const refused = await runCommand(['serve', '--data-dir', dataDir, '--port', String(await freePort())]);
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(
      /^The lock .*server\.lock of the data folder can't be taken: .* takes no more files, .* \(`df -i`\): .*\n$/,
    );
  });

  test('that is full beside a running server: an adoption says so', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await startServer({ dataDir: disk.path });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    await disk.fill();
    const { code, output } = await check(server, '--adopt');
    expect(code).toBe(2);
    expect(output).toMatch(
      /^The lock .*adopt\.lock can't be taken, .*\. Look after the room on its disk, .*\n$/,
    );
  });

  test('that becomes full while sample data are made: that is said in a sentence, and they go on with room', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await startServer({ dataDir: disk.path });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    await disk.fill();
    const env = { AQUEDUCT_DATA_DIR: server.dataDir, AQUEDUCT_FREE_SPACE_RESERVE: '0' };
    const { config } = loadConfig({ env, cwd: server.dataDir });
    const fill = () => populateInstallation(config, 1000, () => undefined);
    await expect(fill()).rejects.toThrow('The sample data could not be finished: database or disk is full.');
    await disk.free();
    await fill();
    expect(await fill()).toBe(1000);
  });

  test('that has little room: an adoption needs no more than its file', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await startServer({ dataDir: disk.path });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    const { uuid, eid } = await create(server.url, 'x');
    await send(server, uuid, 'uploaded', 'x');
    await writeFile(join(server.dataDir, 'experiments', eid, 'by-hand'), new Uint8Array(1024 * 1024));
    const { code, output } = await check(server, '--adopt');
    expect(code, output).toBe(0);
    expect(output).toContain('by-hand: taken in.');
  });

  test('that can only be read: the check says so, and what to do', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await startServer({ dataDir: disk.path });
    await server.stop('SIGTERM');
    await disk.remount('ro');
    for (const options of [[], ['--adopt']]) {
      const { code, output } = await check(server, ...options);
      expect(code).toBe(2);
      expect(output).toContain(`The disk of the data folder ${server.dataDir} can only be read`);
      expect(output).not.toContain('as the user of the server');
    }
  });
});
