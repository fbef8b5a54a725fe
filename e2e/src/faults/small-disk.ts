import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: nothing more reaches the disk, not even the journal. */
const SHUTDOWN =
  'open(my $d, "<", $ARGV[0]) or die $!; my $how = pack("I", 2); ioctl($d, 0x8004587d, $how) or die $!';

/** A disk of its own, which is gone when the test ends. */
export interface Disk {
  readonly path: string;
  /** Leaves no byte free. */
  fill(): Promise<void>;
  /** Gives back what filled it. */
  free(): Promise<void>;
  /** Changes options of the mount, for example `ro`. */
  remount(options: string): Promise<void>;
  /** What the kernel does to a disk with errors: it is read-only until it is checked, at its restart. */
  failAsReadOnly(): Promise<void>;
  /** What the kernel has not written yet is lost, and the disk answers no more. */
  cutPower(): Promise<void>;
  /** Takes the disk out and puts it in again, as a computer does that starts; nobody may use it. */
  restart(): Promise<void>;
}

/** Of a test: what vitest hands to those that run beside others. */
export type AtTheEnd = (undo: () => Promise<void>) => void;

/** An ext4 disk in a file, in MiB, made with more options of `mkfs.ext4`. */
export async function ext4Disk(
  mib: number,
  atTheEnd: AtTheEnd,
  options: readonly string[] = [],
): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'aqueduct-disk-'));
  const image = join(folder, 'image');
  const path = join(folder, 'disk');
  await writeFile(image, '');
  await truncate(image, mib * 1024 * 1024);
  await execute('mkfs.ext4', ['-q', '-F', '-m', '0', ...options, image]);
  await execute('mkdir', [path]);
  const insert = () => execute('mount', ['-o', 'loop,errors=remount-ro', image, path]);
  await insert();
  atTheEnd(async () => {
    // Also where a server that does not end holds it.
    await execute('umount', ['-l', path]);
    await rm(folder, { recursive: true, force: true });
  });
  return {
    path,
    fill: () => fillWith(join(path, BALLAST)),
    free: () => rm(join(path, BALLAST)),
    remount: async (options) => void (await execute('mount', ['-o', `remount,${options}`, path])),
    async failAsReadOnly() {
      const { stdout } = await execute('findmnt', ['-n', '-o', 'SOURCE', path]);
      await writeFile(`/sys/fs/ext4/${basename(stdout.trim())}/trigger_fs_error`, '1');
    },
    cutPower: async () => void (await execute('perl', ['-e', SHUTDOWN, path])),
    async restart() {
      await execute('umount', [path]);
      // 1 says that something was mended.
      await execute('fsck.ext4', ['-p', image]).catch((error: { code: number }) => {
        if (error.code !== 1) throw error;
      });
      await insert();
    },
  };
}

const BALLAST = 'ballast';

async function fillWith(file: string): Promise<void> {
  const handle = await open(file, 'a');
  for (const piece of [1024 * 1024, 1024]) {
    const bytes = Buffer.alloc(piece, 1);
    let isFull = false;
    while (!isFull) {
      await handle.write(bytes).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOSPC') throw error;
        isFull = true;
      });
    }
  }
  await handle.close();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

let problem: string | undefined | null = null;

/** Why no disk can be made on this machine; undefined where one can. */
export function diskProblem(): string | undefined {
  if (problem === null) problem = tryDisk();
  return problem;
}

function tryDisk(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may mount disks';
  const folder = mkdtempSync(join(tmpdir(), 'aqueduct-disk-'));
  try {
    const script = `truncate -s 8M image && mkfs.ext4 -q -F image && mkdir disk && mount -o loop image disk &&
      { perl -e '${SHUTDOWN}' disk; code=$?; umount disk; exit $code; }`;
    execFileSync('sh', ['-c', script], { cwd: folder, stdio: 'pipe' });
    return undefined;
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return `no disk can be mounted in a file and shut down (${stderr.trim().split('\n')[0]})`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
