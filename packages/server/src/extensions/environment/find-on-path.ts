import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The path of a program that the server's own `PATH` has; undefined where it has none. */
export async function findOnPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (
      folder !== '' &&
      (await access(path, constants.X_OK).then(
        () => true,
        () => false,
      ))
    )
      return path;
  }
  return undefined;
}
