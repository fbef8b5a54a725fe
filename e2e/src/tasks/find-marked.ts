import { readdirSync, readFileSync } from 'node:fs';

/** Processes of this machine that run with an argument. Linux only. */
export function processesWith(argument: string): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(argument) ? [Number(pid)] : [];
    } catch {
      return [];
    }
  });
}

/** Processes of this machine that carry the marker of one of these tasks, by whatever way they came to be. Linux only. */
export function processesOf(...taskUuids: readonly string[]): number[] {
  const markers = taskUuids.map((uuid) => `AQUEDUCT_TASK_ID=${uuid}`);
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const isDead = /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      return !isDead && markers.some((marker) => environment.includes(marker)) ? [Number(pid)] : [];
    } catch {
      return [];
    }
  });
}
