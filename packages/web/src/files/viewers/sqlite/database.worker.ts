import { failureText, isOfFile, openDatabase } from './open-database.ts';
import type { Answered, Asked } from './questions.ts';
import { readOverview } from './read-overview.ts';
import { readRows } from './read-rows.ts';

let opening: ReturnType<typeof openDatabase> | undefined;

/** Answers one question after the other: whoever asks waits for each. */
self.onmessage = async ({ data: { file, question } }: MessageEvent<Asked>) => {
  const reply = (answered: Answered) => self.postMessage(answered);
  try {
    opening ??= openDatabase(file).catch((error) => {
      // Another time the server may answer.
      opening = undefined;
      throw error;
    });
    const { database, isWal } = await opening;
    reply({
      answer:
        question.ask === 'overview'
          ? readOverview(database, isWal)
          : readRows(database, question.table, question.from),
    });
  } catch (error) {
    reply({ failure: failureText(error), isOfFile: isOfFile(error) });
  }
};
