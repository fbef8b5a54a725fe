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

/** Processes of this machine that carry the marker of a task, by whatever way they came to be. Linux only. */
export function processesOf(taskUuid: string): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const isDead = /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      return !isDead && environment.includes(`AQUEDUCT_TASK_ID=${taskUuid}`) ? [Number(pid)] : [];
    } catch {
      return [];
    }
  });
}
