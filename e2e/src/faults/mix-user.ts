import type { API, Experiment, ExtensionAction } from '@aqueduct/client';
import { expect } from 'vitest';
import { sha256 } from '../verify-installation.ts';
import { Chance } from './chance.ts';

/** Of one user. Some come and go all the time, so that neither the database nor what a server keeps of it grows. */
const MOST_EXPERIMENTS = 12;
const NAMES = ['data.csv', 'Kühlung 1.png', 'notes (2).txt', 'scan.h5'] as const;
const TAGS = ['qubit-1', 'qubit-2', 'Setup/Blue', 'run/7', '__archived__'] as const;
const SMALL_FILE = 50_000;
const LARGE_FILE = 3_000_000;

/** What one experiment must be. */
interface Known {
  readonly experiment: Experiment;
  title: string;
  description: string;
  readonly tags: Set<string>;
  /** SHA-256 by name. */
  readonly files: Map<string, string>;
}

/** A way to do something with an experiment, behind its name. */
type Way = readonly [string, (known: Known) => Promise<void>];

/** The actions of a server's extension that users run. */
export interface MixActions {
  /** Prints the EID of its experiment, and ends. */
  readonly print: ExtensionAction;
  /** Leaves a program behind, and goes on until it is told to end. */
  readonly measure: ExtensionAction;
}

/**
 * Somebody who does all that a user can do, in an order by chance, in experiments of their own; and who knows, so, at each
 * moment what every one of these must be.
 */
export class MixUser {
  readonly #api: API;
  readonly #actions: MixActions;
  readonly #chance: Chance;
  readonly #name: string;
  readonly #known: Known[] = [];
  /** What can be done with an experiment; what stands here several times is done more often. */
  readonly #ways: readonly [Way, ...Way[]] = [
    ['set title', (known) => this.#setTitle(known)],
    ['set description', (known) => this.#setDescription(known)],
    ['tag', (known) => this.#changeTags(known)],
    ['tag', (known) => this.#changeTags(known)],
    ['upload', (known) => this.#upload(known)],
    ['upload', (known) => this.#upload(known)],
    ['upload', (known) => this.#upload(known)],
    ['remove a file', (known) => this.#removeFile(known)],
    ['read a file', (known) => this.#readFile(known)],
    ['read a file', (known) => this.#readFile(known)],
    ['look', (known) => this.#compare(known)],
    ['find', (known) => this.#find(known)],
    ['remove', (known) => this.#remove(known)],
    ['run', (known) => this.#run(known)],
    ['cancel', (known) => this.#cancel(known)],
  ];
  /** Ways in which something was done. */
  readonly done = new Set<string>();
  /** UUIDs of tasks. */
  readonly tasks: string[] = [];
  #count = 0;

  /** @param name - No other user of the server has it. */
  constructor(api: API, actions: MixActions, name: string, seed: string) {
    this.#api = api;
    this.#actions = actions;
    this.#name = name;
    this.#chance = new Chance(`${seed} ${name}`);
  }

  /** All ways. */
  get ways(): string[] {
    return this.#ways.map(([name]) => name);
  }

  /** Does one thing after the other for so many milliseconds, and looks in the end whether all is as it must be. */
  async work(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    while (performance.now() < end) await this.#act();
    for (const known of this.#known) {
      await this.#compare(known);
      for (const name of known.files.keys()) await this.#read(known, name);
    }
  }

  async #act(): Promise<void> {
    const known = this.#known[this.#chance.below(MOST_EXPERIMENTS)];
    if (known) {
      const [name, act] = this.#chance.of(this.#ways);
      await act(known);
      this.done.add(name);
    } else await this.#create();
  }

  async #create(): Promise<void> {
    const title = this.#newTitle();
    const tags = this.#chance.below(2) === 0 ? [] : ['qubit-1'];
    const experiment = await this.#api.createExperiment(title, '', { tags });
    this.#known.push({ experiment, title, description: '', tags: new Set(tags), files: new Map() });
  }

  async #setTitle(known: Known): Promise<void> {
    const title = this.#newTitle();
    await known.experiment.setTitle(title);
    known.title = title;
  }

  async #setDescription(known: Known): Promise<void> {
    const description = `# Run\n\n${'µs '.repeat(this.#chance.below(500))}`;
    await known.experiment.setDescription(description);
    known.description = description;
  }

  async #changeTags({ experiment, tags }: Known): Promise<void> {
    const tag = this.#chance.of(TAGS);
    if (tags.has(tag)) {
      await experiment.removeTag(tag);
      tags.delete(tag);
    } else {
      await experiment.addTags([tag]);
      tags.add(tag);
    }
  }

  async #upload({ experiment, files }: Known): Promise<void> {
    const name = this.#chance.of(NAMES);
    const most = this.#chance.below(10) === 0 ? LARGE_FILE : SMALL_FILE;
    const bytes = this.#chance.bytes(this.#chance.below(most));
    await experiment.uploadFile(new Blob([bytes]), { name });
    files.set(name, sha256(bytes));
  }

  async #removeFile({ experiment, files }: Known): Promise<void> {
    const [name] = files.keys();
    if (name === undefined) return;
    await experiment.removeFiles([name]);
    files.delete(name);
  }

  async #readFile(known: Known): Promise<void> {
    const [name] = known.files.keys();
    if (name !== undefined) await this.#read(known, name);
  }

  async #read({ experiment, files }: Known, name: string): Promise<void> {
    const bytes = new Uint8Array(await (await experiment.readFile(name)).arrayBuffer());
    expect(sha256(bytes), `${experiment.eid}/${name}`).toBe(files.get(name));
  }

  async #compare({ experiment, title, description, tags, files }: Known): Promise<void> {
    const found = await experiment.fetch();
    expect({
      title: found.title,
      description: found.description,
      tags: new Set(found.tags.map((tag) => tag.toLowerCase())),
      files: new Set(found.files.map(({ name }) => name)),
    }).toEqual({
      title,
      description,
      tags: new Set([...tags].map((tag) => tag.toLowerCase())),
      files: new Set(files.keys()),
    });
  }

  /** By a part of the title; archived ones stand in no list that the client library asks for. */
  async #find({ experiment, title, tags }: Known): Promise<void> {
    const found = await this.#api.findExperiments({ search: title.slice(1).toUpperCase() });
    expect(found.map(({ eid }) => eid)).toEqual(tags.has('__archived__') ? [] : [experiment.eid]);
  }

  async #remove(known: Known): Promise<void> {
    await this.#api.removeExperimentByEid(known.experiment.eid);
    this.#known.splice(this.#known.indexOf(known), 1);
  }

  async #run({ experiment }: Known): Promise<void> {
    const task = await this.#actions.print.submit({ experiment });
    this.tasks.push(task.uuid);
    const { taskStatus, stdOut } = await task.wait();
    expect({ taskStatus, stdOut }).toEqual({ taskStatus: 'SUCCESS', stdOut: `${experiment.eid}\n` });
  }

  async #cancel({ experiment }: Known): Promise<void> {
    const task = await this.#actions.measure.submit({ experiment });
    this.tasks.push(task.uuid);
    for await (const { text } of task.output()) if (text.includes('measuring')) break;
    await task.cancelTask();
    expect((await task.wait()).taskStatus).toBe('REVOKED');
  }

  #newTitle(): string {
    this.#count += 1;
    return `Rabi ${this.#name} ${this.#count} end`;
  }
}
