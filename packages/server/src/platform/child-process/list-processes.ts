import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { codeOf } from '../storage/code-of.ts';

/** A process of this machine, as far as it can be seen. */
export interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Tells it from another that gets its number later. */
  readonly startedAt: string;
  /** The values of the markers in the environment that it was started with. */
  readonly marks: Readonly<Record<string, string>>;
}

/** Files that are read before others get their turn. */
const AT_ONCE = 40;

/**
 * All processes with the values of some variables in their environment: children that called `setsid` leave the process
 * group, but keep their environment.
 *
 * @param markers - Names of the variables.
 * @throws the system's error where it can't be looked, as for want of descriptors.
 */
export async function listProcesses(markers: readonly string[]): Promise<SeenProcess[]> {
  return process.platform === 'linux' ? fromProc(markers) : fromPs(markers);
}

async function fromProc(markers: readonly string[]): Promise<SeenProcess[]> {
  const found: SeenProcess[] = [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const [i, pid] of pids.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    const stat = readIfThere(`/proc/${pid}/stat`);
    if (stat === undefined) continue;
    // The name in parentheses may hold anything; the state follows the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, group, session] = fields;
    if (state === 'Z') continue;
    found.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: Number(session),
      startedAt: fields[19] ?? '',
      marks: marksIn(readIfThere(`/proc/${pid}/environ`) ?? '', markers, '\0'),
    });
  }
  return found;
}

/** Undefined where the process has ended meanwhile, or hides this from us. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (/^(ENOENT|ESRCH|EACCES|EPERM)$/.test(codeOf(error))) return undefined;
    throw error;
  }
}

async function fromPs(markers: readonly string[]): Promise<SeenProcess[]> {
  const { stdout } = await promisify(execFile)(
    'ps',
    ['-axEww', '-o', 'pid=,ppid=,pgid=,sess=,lstart=,command='],
    { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } },
  );
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, group, session, startedAt = '', command = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined) return [];
    const ids = { pid: Number(pid), parent: Number(parent), group: Number(group), session: Number(session) };
    return [{ ...ids, startedAt, marks: marksIn(command, markers, ' ') }];
  });
}

function marksIn(environment: string, markers: readonly string[], separator: string): Record<string, string> {
  const marks: Record<string, string> = {};
  for (const marker of markers) {
    const mark = markIn(environment, marker, separator);
    if (mark !== undefined) marks[marker] = mark;
  }
  return marks;
}

function markIn(environment: string, marker: string, separator: string): string | undefined {
  const text = `${separator}${environment}`;
  const start = text.indexOf(`${separator}${marker}=`);
  if (start < 0) return undefined;
  const from = start + separator.length + marker.length + 1;
  const end = text.indexOf(separator, from);
  return text.slice(from, end < 0 ? undefined : end);
}
