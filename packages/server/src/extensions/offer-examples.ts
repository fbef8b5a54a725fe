import { existsSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import type { Services } from '../access/context.ts';
import { isUsualFolder } from './find-extensions.ts';

/**
 * Gives a new installation the example extensions: where the extensions folder is the default one and isn't there yet,
 * they are copied into it. Whoever removes them but leaves the folder doesn't get them again. A failure only costs the
 * examples.
 */
export async function offerExamples({ config, log }: Pick<Services, 'config' | 'log'>): Promise<void> {
  const { extensionsDir } = config;
  if (!isUsualFolder(config) || existsSync(extensionsDir)) return;
  const beside = `${extensionsDir}.new`;
  try {
    await rm(beside, { recursive: true, force: true });
    await cp(examplesFolder(), beside, { recursive: true });
    await rename(beside, extensionsDir);
    log.info({ folder: extensionsDir }, 'example extensions were put into the extensions folder');
  } catch (err) {
    log.warn({ err }, 'the example extensions could not be put into the extensions folder');
  }
}

/** As the build lays them beside the bundle. */
function examplesFolder(): URL {
  const place = import.meta.url.endsWith('.ts') ? '../../../cli/dist/extensions' : './extensions';
  return new URL(place, import.meta.url);
}
