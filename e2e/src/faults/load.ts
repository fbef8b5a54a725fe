import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KnownWrites } from './known-writes.ts';

const LARGEST_FILE = 200_000;
/** Shorter than what a polite client waits, so that the load stays a load. */
const RETRY_AFTER_MS = 100;

/** How a request of the load went. */
export interface Answer {
  readonly what: string;
  readonly status: number;
  readonly ms: number;
  readonly retryAfter: string | null;
  /** The beginning of what came with it. */
  readonly text: string;
}

interface LoadOptions {
  readonly writers?: number;
  /** Experiments that each writer makes before it ends by itself. */
  readonly experiments?: number;
}

/**
 * Writers that create, tag, upload, replace, delete and remove, each in experiments of its own, until they are told to
 * end or their connection breaks. What the server can't do now (503 and 507) they ask for again, under the same key.
 */
export class Load {
  readonly known = new KnownWrites();
  readonly answers: Answer[] = [];
  /** How many connections broke in the middle of a request. */
  broken = 0;
  readonly #base: string;
  readonly #writers: Promise<unknown>;
  readonly #failures: unknown[] = [];
  #isEnding = false;

  /** @param base - The address of the server. */
  constructor(base: string, { writers = 6, experiments = Number.POSITIVE_INFINITY }: LoadOptions = {}) {
    this.#base = base;
    this.#writers = Promise.all(Array.from({ length: writers }, (_, i) => this.#write(i, experiments)));
  }

  /** Resolves when so many requests were answered, or so many in a certain way. */
  async answered(count: number, isMeant: (answer: Answer) => boolean = () => true): Promise<void> {
    while (this.answers.filter(isMeant).length < count) await sleep(5);
  }

  /** Resolves when all writers have ended by themselves, or their connections broke. */
  async done(): Promise<this> {
    await this.#writers;
    if (this.#failures.length > 0) throw this.#failures[0];
    return this;
  }

  /** Asks all writers to end, and resolves when they have; throws what the server said where it made no sense. */
  async end(): Promise<this> {
    this.#isEnding = true;
    return this.done();
  }

  async #write(writer: number, experiments: number): Promise<void> {
    try {
      for (let i = 0; i < experiments && !this.#isEnding; i += 1)
        await this.#writeExperiment(`writer-${writer}`, i);
    } catch (error) {
      // What fetch throws when a connection breaks; anything else is the server's doing.
      if (error instanceof TypeError) this.broken += 1;
      else this.#failures.push(error);
    }
  }

  async #writeExperiment(writer: string, i: number): Promise<void> {
    const title = `${writer}, ${i}, ${randomUUID()}`;
    const created = await this.#graphql<{ createExperiment: { uuid: string; eid: string } }>(
      'create',
      'mutation ($i: ExperimentCreateInput!) { createExperiment(createExperimentInput: $i) { uuid eid } }',
      { i: { title, description: '', tags: [] } },
    );
    if (!created) return;
    const { uuid, eid } = created.createExperiment;
    this.known.created(uuid, eid, title);
    if (await this.#graphql('tag', ADD_TAG, { i: { uuid, tag: writer } })) this.known.tagged(uuid, writer);
    for (const name of ['data.bin', 'data.bin', 'notes.txt', 'gone.txt']) await this.#upload(uuid, name);
    await this.#delete(uuid, 'gone.txt');
    if (i % 2 === 1) await this.#remove(uuid);
  }

  async #upload(uuid: string, name: string): Promise<void> {
    const bytes = randomBytes(randomInt(1, LARGEST_FILE));
    const done = this.known.sending(uuid, name, bytes);
    const isDone = await this.#ask(name === 'data.bin' ? 'replace' : 'upload', `/api/files/${uuid}`, () => {
      const form = new FormData();
      form.append('file', new Blob([bytes]), 'x');
      return { headers: { 'x-file-name': name }, body: form };
    });
    if (isDone !== undefined) done();
  }

  async #delete(uuid: string, name: string): Promise<void> {
    const done = this.known.sending(uuid, name);
    const isDone = await this.#ask('delete', `/api/files/${uuid}/delete_files`, () => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file_list: [name] }),
    }));
    if (isDone !== undefined) done();
  }

  async #remove(uuid: string): Promise<void> {
    const removed = this.known.removing(uuid);
    if (await this.#graphql('remove', REMOVE, { uuid })) removed();
  }

  async #graphql<T>(what: string, query: string, variables: object): Promise<T | undefined> {
    const text = await this.#ask(what, '/api/graphql', () => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    }));
    if (text === undefined) return undefined;
    const { data, errors } = JSON.parse(text) as { data: T; errors?: unknown };
    if (errors) throw new Error(`${what}: ${text}`);
    return data;
  }

  /** Asks until the server does it, or the load ends; gives the answer. */
  async #ask(what: string, path: string, request: () => RequestInit): Promise<string | undefined> {
    const key = randomUUID();
    for (;;) {
      const started = performance.now();
      const { headers, body } = request();
      const answer = await fetch(this.#base + path, {
        method: 'POST',
        headers: { ...(headers as Record<string, string>), 'idempotency-key': key },
        ...(body ? { body } : {}),
      });
      const text = await answer.text();
      const ms = performance.now() - started;
      const retryAfter = answer.headers.get('retry-after');
      this.answers.push({ what, status: answer.status, ms, retryAfter, text: text.slice(0, 2000) });
      if (answer.ok) return text;
      // What goes wrong inside (500) is the server's own doing; what it can't do now has another status.
      if (answer.status <= 500) throw new Error(`${what}: ${answer.status} ${text}`);
      if (this.#isEnding) return undefined;
      await sleep(RETRY_AFTER_MS);
    }
  }
}

const ADD_TAG = 'mutation ($i: ExperimentTagInput!) { addTagToExperiment(experimentTagInput: $i) { uuid } }';
const REMOVE = 'mutation ($uuid: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $uuid}) }';
