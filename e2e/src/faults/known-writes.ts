import { expect } from 'vitest';
import { graphql } from '../graphql-client.ts';
import { sha256 } from '../verify-installation.ts';

/** Stands among the states that a file may be in. */
const ABSENT = 'absent';

interface KnownExperiment {
  readonly eid: string;
  readonly title: string;
  readonly tags: Set<string>;
  /** For each name: the state that was acknowledged last, and those asked for since. */
  readonly files: Map<string, Set<string>>;
  removal: 'none' | 'asked' | 'done';
}

/** What a server has acknowledged, and so must keep; and what it may have done besides. */
export class KnownWrites {
  readonly experiments = new Map<string, KnownExperiment>();
  #isClosed = false;

  /** From now on, what is acknowledged may be kept or not. */
  close(): void {
    this.#isClosed = true;
  }

  /** Notes an experiment that was acknowledged. */
  created(uuid: string, eid: string, title: string): void {
    if (this.#isClosed) return;
    this.experiments.set(uuid, { eid, title, tags: new Set(), files: new Map(), removal: 'none' });
  }

  /** Notes that a version is on its way; without bytes, that a deletion is. Gives what to call when it is done. */
  sending(uuid: string, name: string, bytes?: Uint8Array): () => void {
    const files = this.experiments.get(uuid)?.files ?? new Map<string, Set<string>>();
    const state = bytes ? sha256(bytes) : ABSENT;
    files.set(name, (files.get(name) ?? new Set([ABSENT])).add(state));
    return () => {
      if (!this.#isClosed) files.set(name, new Set([state]));
    };
  }

  /** Notes a tag that was acknowledged. */
  tagged(uuid: string, tag: string): void {
    if (!this.#isClosed) this.experiments.get(uuid)?.tags.add(tag);
  }

  /** Notes that a removal is on its way. Gives what to call when it is done. */
  removing(uuid: string): () => void {
    const experiment = this.experiments.get(uuid);
    if (experiment) experiment.removal = 'asked';
    return () => {
      if (experiment && !this.#isClosed) experiment.removal = 'done';
    };
  }

  /** Takes in what was known of other experiments. */
  add(other: KnownWrites): void {
    for (const [uuid, experiment] of other.experiments) this.experiments.set(uuid, experiment);
  }

  /** I1 and I2: all that was acknowledged is there, and every file is one whole version, as its listing says. */
  async expectKept(base: string): Promise<void> {
    for (const [uuid, known] of this.experiments) {
      const { status, data, errors } = await graphql<{ experiment: Found | null }>(base, ONE, { uuid });
      const found = data?.experiment;
      const answer = `${known.eid}: ${status} ${JSON.stringify(errors)}`;
      if (!found) expect(known.removal, answer).not.toBe('none');
      else await expectExperiment(base, uuid, found, known);
    }
  }
}

interface Found {
  eid: string;
  title: string;
  tags: string[];
  files: { name: string; size: number; sha256: string }[];
}

const ONE = `query ($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) {
  eid title tags files { name size sha256 } } }`;

async function expectExperiment(base: string, uuid: string, found: Found, known: KnownExperiment) {
  expect(known.removal, `${known.eid} is still there`).not.toBe('done');
  expect(found).toMatchObject({ eid: known.eid, title: known.title });
  expect(found.tags).toEqual(expect.arrayContaining([...known.tags]));
  expect([...known.files.keys()]).toEqual(expect.arrayContaining(found.files.map(({ name }) => name)));
  for (const [name, states] of known.files) {
    const place = `${known.eid}/${name}`;
    const listed = found.files.find((file) => file.name === name);
    const answer = await fetch(`${base}/api/files/${uuid}/${name}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.status, `${place}: ${Buffer.from(bytes).toString('latin1', 0, 200)}`).toBe(
      listed ? 200 : 404,
    );
    expect([...states], `${place} is a whole version`).toContain(listed ? sha256(bytes) : ABSENT);
    if (listed) expect({ name, size: bytes.length, sha256: sha256(bytes) }, place).toEqual(listed);
  }
}
