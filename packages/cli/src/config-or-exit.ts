import { AqueductConfigError, type Flags, loadConfig, type SettingName } from '@aqueduct/server/settings';

/**
 * The configuration of a command; one that can't be used ends it with a sentence.
 *
 * @param only - The settings that the command needs; without them all.
 */
export function configOrExit(flags: Flags, only?: readonly SettingName[]): ReturnType<typeof loadConfig> {
  try {
    return loadConfig({ env: process.env, flags, cwd: process.cwd(), only });
  } catch (error) {
    if (!(error instanceof AqueductConfigError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
