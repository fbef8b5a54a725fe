import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig, populateInstallation } from '@aqueduct/server';
import type { Options } from './options.ts';

/** Experiments of the small installation, the measure of the large one. */
export const A_THOUSAND = 1000;

/** What all measurements of a run share. */
export class Bench {
  readonly options: Options;
  /** Removed at the end. */
  readonly folder: string;
  readonly #made = new Map<number, string>();

  constructor(options: Options, folder: string) {
    this.options = options;
    this.folder = folder;
  }

  /** Tells what is going on. */
  say(text: string): void {
    console.error(`${new Date().toISOString().slice(11, 19)}  ${text}`);
  }

  /** A new empty folder. */
  newFolder(): string {
    return mkdtempSync(join(this.folder, 'part-'));
  }

  /** The data folder of an installation with so many experiments; made once in a run. */
  async installation(experiments: number): Promise<string> {
    const made = this.#made.get(experiments);
    if (made !== undefined) return made;
    const folder = join(this.folder, `experiments-${experiments}`);
    const kept = this.options.keep && resolve(this.options.keep, `experiments-${experiments}`);
    if (kept && existsSync(kept)) copy(kept, folder);
    else {
      await this.fill(folder, experiments);
      if (kept) copy(folder, kept);
    }
    this.#made.set(experiments, folder);
    return folder;
  }

  /** Fills an installation with sample data. */
  async fill(dataDir: string, experiments: number, databaseUrl?: string): Promise<void> {
    this.say(`filling an installation with ${experiments} experiments`);
    const flags = { dataDir, ...(databaseUrl ? { databaseUrl } : {}) };
    const { config } = loadConfig({ env: {}, flags, cwd: this.folder });
    await populateInstallation(config, experiments, (done) => {
      if (done % 100_000 === 0) this.say(`  ${done}`);
    });
  }

  /**
   * Measures a floor and ours in turn, so that whatever else the machine does meanwhile meets both; who begins changes
   * from round to round. A first round that counts for nothing warms both up.
   */
  async inTurns<T>(
    what: string,
    floor: () => Promise<T>,
    ours: () => Promise<T>,
  ): Promise<{ floor: T[]; ours: T[] }> {
    this.say(what);
    await floor();
    await ours();
    const taken = { floor: [] as T[], ours: [] as T[] };
    for (let round = 0; round < this.options.rounds; round += 1) {
      const turns = [async () => taken.floor.push(await floor()), async () => taken.ours.push(await ours())];
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    }
    return taken;
  }
}

/** With the readable folders' hard links, which Node's own `cp` would turn into files. */
function copy(from: string, to: string): void {
  mkdirSync(join(to, '..'), { recursive: true });
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${from} could not be copied to ${to}: ${stderr}`);
}
