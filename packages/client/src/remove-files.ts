import { filesPath } from '@aqueduct/contract';
import { checkTexts } from './check-arguments.ts';
import { checkOptions } from './check-options.ts';
import { checkResult } from './check-result.ts';
import { FileRemovalError, InvalidArgumentError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { checkFileName, type FileOwner, placeOf } from './experiment-files.ts';
import { type RequestOptions, requestOptions } from './progress.ts';

export async function removeFiles(
  owner: FileOwner,
  names: readonly string[],
  options: RequestOptions,
): Promise<void> {
  checkTexts('names', names);
  if (names.length === 0) throw new InvalidArgumentError('names must hold at least one file name.');
  for (const name of names) checkFileName(name);
  checkOptions('options', options, requestOptions);
  await attempt(FileRemovalError, `remove files of ${placeOf(owner)}`, async () => {
    const answer = await owner.connection.ask({
      method: 'POST',
      path: `${filesPath(owner.uuid)}/delete_files`,
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify({ file_list: names }),
      signal: options.signal,
    });
    checkResult(answer);
  });
}
