import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Executor } from '../platform/database/database.ts';
import {
  BYTES_AT_ONCE,
  CHUNKS_AT_ONCE,
  firstSizes,
  joinedOutputs,
  joinedPage,
} from './task-output.queries.ts';

/** Standard output, standard error. */
export type Stream = 1 | 2;

/** Both outputs of a task as they are kept, whole. */
export type OutputBytes = Readonly<Record<Stream, Buffer>>;

/** How much some tasks have printed, if that can be read at once: more, or many pieces, would hold up others here. */
export async function littleOf(db: Database, ids: readonly number[]): Promise<number | undefined> {
  const first = await db.first(firstSizes, { ids, limit: CHUNKS_AT_ONCE + 1 });
  const { chunks, bytes } = first ?? { chunks: 0, bytes: 0 };
  return chunks <= CHUNKS_AT_ONCE && bytes <= BYTES_AT_ONCE ? bytes : undefined;
}

/** All that some tasks have printed; those that have printed nothing are left out. */
export async function joinedBytes(db: Executor, ids: readonly number[]): Promise<Map<number, OutputBytes>> {
  const rows = await db.all(joinedOutputs, { ids });
  return new Map(rows.map((row) => [row.task_id, { 1: bufferOf(row.stdout), 2: bufferOf(row.stderr) }]));
}

/** All that a task has printed, if that can be read at once. */
export async function littleOutput(db: Database, id: number): Promise<OutputBytes | undefined> {
  if ((await littleOf(db, [id])) === undefined) return undefined;
  const read = await joinedBytes(db, [id]);
  return read.get(id) ?? { 1: Buffer.alloc(0), 2: Buffer.alloc(0) };
}

/**
 * One output of a task in pages of about 1 MiB, each the reader's own. They are read here, with turns for others between
 * them: a thread would hold them once more, and give that memory back late.
 *
 * @param untilDone - Tries again what fails while the database is away, where that is wanted.
 */
export async function* pagesOf(
  db: Executor,
  id: number,
  stream: Stream,
  untilDone: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
): AsyncGenerator<Buffer> {
  for (let after = 0; ; ) {
    const place = { id, stream, after, limit: CHUNKS_AT_ONCE };
    const page = await untilDone(() => db.first(joinedPage, place));
    if (!page?.last) return;
    after = page.last;
    yield bufferOf(page.bytes);
    await nextTurn();
  }
}

function bufferOf(bytes: Uint8Array | null): Buffer {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : Buffer.alloc(0);
}
