import { createHash } from 'node:crypto';
import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from '../../access/context.ts';
import { createExperiment } from '../../experiments/create-experiment.ts';
import { uploadFile } from '../../files/upload-file.ts';
import type { testContext } from '../../testing/test-context.ts';
import { temporaryFolder } from '../../testing/test-database.ts';
import { recordedIn } from '../check.queries.ts';
import { type CheckOptions, checkInstallation } from '../check-installation.ts';
import type { Finding } from '../finding.ts';

export type TestInstallation = Awaited<ReturnType<typeof testContext>>;

export function newExperiment(ctx: Context, tags: readonly string[] = []) {
  return createExperiment(ctx, { title: 'x', description: '', tags });
}

export async function put(ctx: Context, uuid: string, name: string, text: string): Promise<void> {
  await uploadFile(ctx, { uuid, name, object: await ctx.storage.put(Readable.from([Buffer.from(text)])) });
}

/** Where the bytes of an experiment's files lie, by the name of the file. */
export async function objectsOf(ctx: Context, eid: string): Promise<ReadonlyMap<string, string>> {
  const files = await ctx.db.all(recordedIn, { eids: [eid] });
  return new Map(files.map((file) => [file.name, join(ctx.config.dataDir, 'objects', file.object_key)]));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** As an editor or `mv` does: another file takes the name. */
export async function replaceByHand(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

/** Writes into the file itself, though it is read-only. */
export async function writeInto(path: string, text: string): Promise<void> {
  await chmod(path, 0o644);
  await writeFile(path, text);
}

/** What a check finds: `kind subject`, sorted. */
export async function check(
  installation: TestInstallation,
  options: Partial<CheckOptions> = {},
): Promise<string[]> {
  return (await findings(installation, options)).map(({ kind, subject }) => `${kind} ${subject}`);
}

/** The same with all that is said of it. */
export async function findings(
  installation: TestInstallation,
  options: Partial<CheckOptions> = {},
): Promise<Finding[]> {
  const found: Finding[] = [];
  await checkInstallation(installation, { onFinding: (finding) => found.push(finding), ...options });
  const order = ({ kind, subject }: Finding) => `${kind} ${subject}`;
  return found.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** The same installation when nothing is young any more. */
export function anHourLater(installation: TestInstallation): TestInstallation {
  const { clock } = installation;
  return { ...installation, clock: { ...clock, now: () => clock.now() + 3_600_000_000 } };
}

/** A file in a folder of its own. */
export async function handPut(bytes: string): Promise<string> {
  const path = join(await temporaryFolder(), 'data.csv');
  await writeFile(path, bytes);
  return path;
}
