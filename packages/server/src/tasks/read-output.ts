import type { Context } from '../access/context.ts';
import { readTogether } from '../access/read-together.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { oneAtATime } from '../platform/one-at-a-time.ts';
import { joinedBytes, littleOf } from './output-bytes.ts';
import { NOTHING, readTexts, textsOf, type WholeOutput } from './output-texts.ts';
import { hasEnded, type Task } from './task.ts';
import { CHUNKS_AT_ONCE, chunksAfter, outputSizes } from './task-output.queries.ts';

/** A piece of what a task has printed. */
export interface OutputChunk {
  /** Counts the pieces of a task from 1, over both streams. */
  readonly sequence: number;
  readonly stream: 'STDOUT' | 'STDERR';
  readonly text: string;
  /** Microseconds since 1970-01-01T00:00Z. */
  readonly writtenAt: number;
}

/** Much is read for one answer after the other: while it becomes text, it is there several times. */
const inTurn = oneAtATime();

/** Output of several tasks that one request may carry. That of one is bounded by what is kept of it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Of the budget of an answer: 80 MB in pieces, which are read for each field that asks. */
const COST_OF_BYTE_IN_PIECES = 1 / 16;
const COST_OF_BYTE = 1 / 64;
/** 160 MB as JSON: both outputs of a task, even where all of their characters are escaped. */
const COST_OF_JSON_BYTE = 1 / 32;

interface Place {
  readonly taskId: number;
  readonly after: number;
}

const piecesAt = readTogether(readPieces);

/** What a task has printed behind a number, in order; about 1 MiB, or 1,000 pieces, at once. */
export async function readOutput(ctx: Context, taskId: number, after: number): Promise<OutputChunk[]> {
  if (after < 0) throw new AqueductError('BAD_INPUT', `after can't be negative; ${after} was given.`);
  return piecesAt(ctx, { taskId, after });
}

/** One after the other, so that no more is read than the answer may hold. */
async function readPieces(ctx: Context, places: readonly Place[]): Promise<OutputChunk[][]> {
  const read: OutputChunk[][] = [];
  for (const { taskId, after } of places) {
    const limit = ctx.budget.refusal ? 0 : CHUNKS_AT_ONCE;
    const rows = await ctx.db.all(chunksAfter, { id: taskId, after, limit });
    ctx.budget.spend(rows.reduce((bytes, row) => bytes + row.bytes.length, 0) * COST_OF_BYTE_IN_PIECES);
    const chunks = rows.map((row) => ({
      sequence: row.sequence,
      stream: row.stream === 1 ? ('STDOUT' as const) : ('STDERR' as const),
      text: row.bytes.toString(),
      writtenAt: row.written_at,
    }));
    read.push(chunks);
  }
  return read;
}

const wholeOf = readTogether(readWhole);

/** All that a task has printed; null until it has ended. Read once for all tasks of a page. */
export async function wholeOutput(ctx: Context, task: Task): Promise<WholeOutput | null> {
  return hasEnded(task.taskStatus) ? wholeOf(ctx, task.id) : null;
}

/** One of the two for a field. Fields under several names share what was read once, but not in the text of the answer. */
export async function outputText(
  ctx: Context,
  task: Task,
  stream: keyof WholeOutput,
): Promise<string | null> {
  const text = (await wholeOutput(ctx, task))?.[stream] ?? null;
  return text === null || ctx.budget.spend(lengthInJson(text) * COST_OF_JSON_BYTE) ? text : '';
}

/** Characters of a text in JSON, where a NUL takes six. */
function lengthInJson(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20) length += SHORT_ESCAPES.has(unit) ? 1 : 5;
    else if (unit === 0x22 || unit === 0x5c) length += 1;
  }
  return length;
}

/** Backspace, tab, line feed, form feed, carriage return. */
const SHORT_ESCAPES: ReadonlySet<number> = new Set([8, 9, 10, 12, 13]);

async function readWhole(ctx: Context, ids: readonly number[]): Promise<WholeOutput[]> {
  const little = await littleOf(ctx.db, ids);
  if (little === undefined) return readMuch(ctx, ids);
  if (!ctx.budget.spend(little * COST_OF_BYTE)) return ids.map(() => NOTHING);
  const read = await joinedBytes(ctx.db, ids);
  return ids.map((id) => textsOf(read.get(id)));
}

async function readMuch({ db, budget }: Context, ids: readonly number[]): Promise<WholeOutput[]> {
  const sizes = await db.bulk.all(outputSizes, { ids });
  const bytes = sizes.reduce((sum, { stdout, stderr }) => sum + stdout + stderr, 0);
  if (bytes > MOST_BYTES && ids.length > 1) {
    throw new AqueductError(
      'TOO_LARGE',
      `These ${ids.length} tasks have printed ${bytes} bytes. Ask for fewer at once, or page by "output".`,
    );
  }
  if (!budget.spend(bytes * COST_OF_BYTE)) return ids.map(() => NOTHING);
  const read = await inTurn(() => readTexts(db, sizes));
  return ids.map((id) => read.get(id) ?? NOTHING);
}
