import { readFileSync } from 'node:fs';

/** The share of memory that is a process's own, in MB (10^6 bytes): pages that several use are divided among them. */
export function proportionalMemory(pid: number): number {
  return megabytes(pid, 'smaps_rollup', 'Pss');
}

/** The most memory that a process ever had resident, in MB (10^6 bytes). */
export function peakMemory(pid: number): number {
  return megabytes(pid, 'status', 'VmHWM');
}

function megabytes(pid: number, file: string, line: string): number {
  const text = readFileSync(`/proc/${pid}/${file}`, 'utf8');
  const kibibytes = new RegExp(`^${line}:\\s*(\\d+) kB`, 'm').exec(text)?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}
