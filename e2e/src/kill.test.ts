import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create, graphql, upload } from './graphql-client.ts';
import { type ServerProcess, startServer } from './start-server.ts';
import { sha256, verifyInstallation } from './verify-installation.ts';

/** Kills on each database; `npm run test:faults` makes 100 of them. */
const ROUNDS = Number(process.env.AQUEDUCT_FAULT_ROUNDS ?? 8);
const WRITERS = 6;
const LONGEST_LIFE_MS = 400;
/** Bytes that other processes may be writing are left alone so long; then they are removed (I3: within 60 s). */
const CLEAN_AFTER_MS = 58_000;

/** What the server has acknowledged, and so must keep. */
interface Acknowledged {
  readonly experiments: Map<string, { eid: string; tags: Set<string> }>;
  /** The versions of a file that may be there: the last acknowledged one, and those sent since. */
  readonly files: Map<string, { acknowledged: string | undefined; sent: Set<string> }>;
}

describe.each(databases)('SIGKILL under load, on %s', (database) => {
  test(`nothing acknowledged is lost in ${ROUNDS} kills`, { timeout: 120_000 + ROUNDS * 5000 }, async () => {
    const databaseUrl = await newDatabase(database);
    const all: Acknowledged = { experiments: new Map(), files: new Map() };
    let server = await startServer({ databaseUrl });
    onTestFinished(async () => void (await server.stop('SIGKILL')));

    for (let round = 0; round < ROUNDS; round += 1) {
      const known: Acknowledged = { experiments: new Map(), files: new Map() };
      const writers = Array.from({ length: WRITERS }, (_, i) => write(server, known, i));
      await sleep(randomInt(20, LONGEST_LIFE_MS));
      await server.stop('SIGKILL');
      await Promise.all(writers);
      server = await startServer({ dataDir: server.dataDir, databaseUrl });
      await expectAll(server.url, known);
      for (const [uuid, experiment] of known.experiments) all.experiments.set(uuid, experiment);
      for (const [path, file] of known.files) all.files.set(path, file);
    }
    expect(all.experiments.size).toBeGreaterThan(0);
    expect(all.files.size).toBeGreaterThan(0);
    // What earlier rounds left is there after all the later ones, too.
    await expectAll(server.url, all);

    const deadline = Date.now() + CLEAN_AFTER_MS;
    let problems = await verifyInstallation(server.dataDir, databaseUrl);
    while (problems.length > 0 && Date.now() < deadline) {
      await sleep(1000);
      problems = await verifyInstallation(server.dataDir, databaseUrl);
    }
    expect(problems).toEqual([]);
  });
});

/** Creates, tags, uploads and replaces until the server is gone. */
async function write(server: ServerProcess, known: Acknowledged, writer: number): Promise<void> {
  try {
    for (let i = 0; ; i += 1) {
      const { uuid, eid } = await create(server.url, `writer ${writer}, ${i}`);
      const tags = new Set<string>();
      known.experiments.set(uuid, { eid, tags });
      const tag = `writer-${writer}`;
      const tagged = await graphql(server.url, ADD_TAG, { i: { uuid, tag } });
      if (!tagged.errors) tags.add(tag);
      for (const name of ['data.bin', 'data.bin', 'notes.txt'])
        await sendVersion(server.url, known, uuid, name);
    }
  } catch (error) {
    // The connection broke: the server is dead. Anything that it said is no part of this.
    if (error instanceof TypeError) return;
    throw error;
  }
}

const ADD_TAG = 'mutation ($i: ExperimentTagInput!) { addTagToExperiment(experimentTagInput: $i) { uuid } }';

async function sendVersion(base: string, known: Acknowledged, uuid: string, name: string): Promise<void> {
  const bytes = randomBytes(randomInt(1, 200_000));
  const hash = sha256(bytes);
  const key = `${uuid}/${name}`;
  const file = known.files.get(key) ?? { acknowledged: undefined, sent: new Set<string>() };
  file.sent.add(hash);
  known.files.set(key, file);
  const answer = await upload(base, uuid, name, bytes);
  await answer.arrayBuffer();
  if (answer.ok) known.files.set(key, { acknowledged: hash, sent: new Set([hash]) });
}

/** I1 and I2: all that was acknowledged is there, and every file is one whole version. */
async function expectAll(base: string, { experiments, files }: Acknowledged): Promise<void> {
  for (const [uuid, { eid, tags }] of experiments) {
    const { data } = await graphql<{ experiment: { eid: string; tags: string[] } }>(base, ONE, { uuid });
    expect(data?.experiment.eid).toBe(eid);
    for (const tag of tags) expect(data?.experiment.tags).toContain(tag);
  }
  for (const [path, { acknowledged, sent }] of files) {
    const answer = await fetch(`${base}/api/files/${path}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status === 404 && acknowledged === undefined) continue;
    expect(answer.status, path).toBe(200);
    expect(sent.has(sha256(bytes)), `${path} is a whole version`).toBe(true);
  }
}

const ONE =
  'query ($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) { eid tags } }';
