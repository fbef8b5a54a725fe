import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** A process of this machine, as far as it can be seen. */
export interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** The value of the marker in the environment that it was started with. */
  readonly mark: string | undefined;
}

/** Files that are read before others get their turn. */
const AT_ONCE = 40;

/**
 * All processes with the value of a variable in their environment: children that called `setsid` leave the process
 * group, but keep their environment.
 *
 * @param marker - Name of the variable.
 */
export async function listProcesses(marker: string): Promise<SeenProcess[]> {
  return process.platform === 'linux' ? fromProc(marker) : fromPs(marker);
}

async function fromProc(marker: string): Promise<SeenProcess[]> {
  const found: SeenProcess[] = [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const [i, pid] of pids.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // The name in parentheses may hold anything; the state follows the last one.
      const [state, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z') continue;
      found.push({
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: Number(session),
        mark: markIn(readFileSync(`/proc/${pid}/environ`, 'latin1'), marker, '\0'),
      });
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
    }
  }
  return found;
}

async function fromPs(marker: string): Promise<SeenProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axEww', '-o', 'pid=,ppid=,pgid=,sess=,command='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, group, session, command = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined) return [];
    const ids = { pid: Number(pid), parent: Number(parent), group: Number(group), session: Number(session) };
    return [{ ...ids, mark: markIn(command, marker, ' ') }];
  });
}

function markIn(environment: string, marker: string, separator: string): string | undefined {
  const text = `${separator}${environment}`;
  const start = text.indexOf(`${separator}${marker}=`);
  if (start < 0) return undefined;
  const from = start + separator.length + marker.length + 1;
  const end = text.indexOf(separator, from);
  return text.slice(from, end < 0 ? undefined : end);
}
