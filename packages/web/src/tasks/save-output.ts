import { ask } from '../session/ask.ts';
import { saveBlob } from '../ui/save-blob.ts';
import { readTaskOutput } from './generated/operations.ts';

/** Saves all that a task has printed so far, both streams in their order, as a text file of the viewer's. */
export async function saveOutput(uuid: string): Promise<void> {
  const texts: string[] = [];
  for (let after = 0; ; ) {
    const { task } = await ask(readTaskOutput, { uuid, after });
    const last = task?.output.at(-1);
    if (!task || !last) break;
    texts.push(...task.output.map(({ text }) => text));
    after = last.sequence;
  }
  saveBlob(new Blob(texts, { type: 'text/plain' }), `task-${uuid}.log`);
}
