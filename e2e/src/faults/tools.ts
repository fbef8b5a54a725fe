import { spawnSync } from 'node:child_process';
import { globSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { procProblem } from './processes.ts';
import { diskProblem } from './small-disk.ts';
import { terminalProblem } from './terminal.ts';

/** What makes the faults here: the reason in words why it can't be used, or undefined. */
const TOOLS = {
  strace: () => whyNot('strace', ['-f', '-qq', '-o', '/dev/null', 'true']),
  nginx: () => whyNot('nginx', ['-v']),
  prlimit: () => whyNot('prlimit', ['--version']),
  libfaketime: () => (faketimeLibrary() === undefined ? 'there is no libfaketime' : undefined),
  disks: diskProblem,
  processes: procProblem,
  terminal: terminalProblem,
  olderNode: () => (olderNode() === undefined ? 'there is no Node below 24' : undefined),
} as const;

/** Whether the machine has what a fault needs; says in words what is left out where it has not. */
export function canProvoke(fault: string, ...tools: (keyof typeof TOOLS)[]): boolean {
  const problem = tools.map((tool) => TOOLS[tool]()).find((reason) => reason !== undefined);
  if (problem !== undefined) console.log(`Left out: ${fault}, because ${problem}.`);
  return problem === undefined;
}

/** Whether so much is free where tests write; says so in words where it is not. */
export function hasRoom(fault: string, bytes: number): boolean {
  const { bavail, bsize } = statfsSync(tmpdir());
  const isEnough = bavail * bsize >= bytes;
  if (!isEnough)
    console.log(`Left out: ${fault}, because less than ${bytes / 2 ** 30} GiB are free in ${tmpdir()}.`);
  return isEnough;
}

/** The library that makes programs see another time. */
export function faketimeLibrary(): string | undefined {
  return globSync('/usr/lib{,64}/{,*/}faketime/libfaketime.so.1')[0];
}

/** A Node that hands over to that of the project. */
export function olderNode(): string | undefined {
  const found = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'node'));
  return found.find((node) => {
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    return Number(/^v(\d+)/.exec(stdout ?? '')?.[1]) < 24;
  });
}

function whyNot(command: string, args: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return `there is no ${command}`;
  return status === 0 ? undefined : `${command} does not work here (${stderr.trim().split('\n').at(-1)})`;
}
