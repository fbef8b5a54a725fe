import { filesPath } from '@aqueduct/client/protocol';
import { connection } from '../session/ask.ts';

/** Deletes files of an experiment, all or none of them. */
export async function deleteFiles(experimentUuid: string, names: readonly string[]): Promise<void> {
  await connection.ask({
    method: 'POST',
    path: `${filesPath(experimentUuid)}/delete_files`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ file_list: names }),
  });
}
