import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Context } from '../access/context.ts';
import { deleteFiles } from '../files/delete-files.ts';
import { filesNamed } from '../files/file.queries.ts';
import { uploadFile } from '../files/upload-file.ts';
import { query } from '../platform/database/query.ts';
import { inParallel } from '../platform/in-parallel.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { SAMPLE_UUID_START, sampleExperiment } from './sample-experiment.ts';

/** Changes of one moment share their syncs. */
const AT_ONCE = 16;

const withFilesBefore = query<{ id: number }>()((db, p) =>
  db
    .selectFrom('experiment')
    .select(['id', 'uuid'])
    .where('id', 'in', (e) => e.selectFrom('file').select('experiment_id').where('experiment_id', '<', p.id))
    .where(sql<string>`substr(uuid, 1, length(${SAMPLE_UUID_START}))`, '=', SAMPLE_UUID_START),
);

/**
 * Adds the files of sample experiments, from one number up to another; what people have removed by then, or brought under
 * these names, stays so.
 */
export async function addSampleFiles(ctx: Context, first: number, end: number): Promise<void> {
  const numbers = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
  await inParallel(numbers, AT_ONCE, async (i) => {
    const { uuid } = sampleExperiment(i);
    for (const [name, text] of sampleFiles(i)) {
      const object = await ctx.storage.put(Readable.from([Buffer.from(text)]));
      await uploadFile(ctx, { uuid, name, object, replaces: null }).catch((error: unknown) => {
        if (!['NOT_FOUND', 'CONFLICT'].includes(codeOf(error))) throw error;
      });
    }
  });
}

/** Removes the files of sample experiments up to a number, but for those that people have changed. */
export async function removeSampleFiles(ctx: Context, end: number): Promise<void> {
  const experiments = await ctx.db.all(withFilesBefore, { id: sampleExperiment(end).createdAt });
  await inParallel(experiments, AT_ONCE, ({ id: experimentId, uuid }) =>
    ctx.write(async (tx) => {
      const added = new Map(sampleFiles(Number.parseInt(uuid.slice(SAMPLE_UUID_START.length), 16)));
      const files = await tx.all(filesNamed, { experimentId, names: [...added.keys()] });
      const names = files
        .filter(({ name, sha256 }) => hash('sha256', added.get(name) ?? '') === sha256)
        .map(({ name }) => name);
      if (names.length > 0) await deleteFiles({ ...ctx, write: (work) => work(tx) }, uuid, names);
    }),
  );
}

function sampleFiles(i: number): [string, string][] {
  const rows = Array.from(
    { length: 40 },
    (_, t) => `${t},${(0.5 + 0.5 * Math.cos(t / (3 + (i % 7)))).toFixed(4)}`,
  );
  return [
    ['data.csv', `time_us,population\n${rows.join('\n')}\n`],
    [
      'parameters.json',
      `${JSON.stringify({ qubit: i % 50, power_dbm: (i % 31) - 40, averages: ((i % 9) + 1) * 1000 }, null, 2)}\n`,
    ],
  ];
}
