import { AqueductConfigError, type Flags, loadConfig } from '@aqueduct/server/settings';

/** The configuration of a command; one that can't be used ends it with a sentence. */
export function configOrExit(flags: Flags): ReturnType<typeof loadConfig> {
  try {
    return loadConfig({ env: process.env, flags, cwd: process.cwd() });
  } catch (error) {
    if (!(error instanceof AqueductConfigError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
