import { ask } from '../session/ask.ts';
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
  const address = URL.createObjectURL(new Blob(texts, { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `task-${uuid}.log`;
  link.click();
  URL.revokeObjectURL(address);
}
