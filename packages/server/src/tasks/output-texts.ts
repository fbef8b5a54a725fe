import type { Database } from '../platform/database/database.ts';
import { releaseMemory } from '../platform/release-memory.ts';
import { joinedBytes, type OutputBytes, pagesOf, type Stream } from './output-bytes.ts';
import { BYTES_AT_ONCE } from './task-output.queries.ts';

/** Both outputs of a task, whole. */
export interface WholeOutput {
  readonly stdout: string;
  readonly stderr: string;
}

export const NOTHING: WholeOutput = { stdout: '', stderr: '' };

/** Bytes that a task has printed. */
export interface OutputSizes {
  readonly task_id: number;
  readonly stdout: number;
  readonly stderr: number;
}

export function textsOf(outputs: OutputBytes | undefined): WholeOutput {
  return outputs ? { stdout: outputs[1].toString(), stderr: outputs[2].toString() } : NOTHING;
}

/** What tasks have printed that is much together: each long output in pages, of short ones about 1 MiB at once. */
export async function readTexts(
  db: Database,
  sizes: readonly OutputSizes[],
): Promise<Map<number, WholeOutput>> {
  const texts = new Map<number, WholeOutput>();
  let short: number[] = [];
  let shortBytes = 0;
  const readShort = async () => {
    if (short.length === 0) return;
    for (const [id, outputs] of await joinedBytes(db.bulk, short)) texts.set(id, textsOf(outputs));
    short = [];
    shortBytes = 0;
  };
  for (const { task_id: id, stdout, stderr } of sizes) {
    if (stdout + stderr > BYTES_AT_ONCE) {
      texts.set(id, { stdout: await longText(db, id, 1, stdout), stderr: await longText(db, id, 2, stderr) });
      continue;
    }
    short.push(id);
    shortBytes += stdout + stderr;
    if (shortBytes > BYTES_AT_ONCE) await readShort();
  }
  await readShort();
  return texts;
}

/** Gathered first: the answer would hold a text of many parts once more, as one. */
async function longText(db: Database, id: number, stream: Stream, size: number): Promise<string> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  for await (const page of pagesOf(db, id, stream)) {
    length += page.copy(bytes, length);
    releaseMemory(page);
  }
  const text = bytes.toString('utf8', 0, length);
  releaseMemory(bytes);
  return text;
}
