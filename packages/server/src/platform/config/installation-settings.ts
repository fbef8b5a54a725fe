import type { SettingName } from './settings.ts';

/** What commands need that work on an installation without serving it; a wrong value of another stops the server only. */
export const installationSettings: readonly SettingName[] = [
  'dataDir',
  'experimentsDir',
  'databaseUrl',
  'username',
  'freeSpaceReserveBytes',
  'logLevel',
  'logFormat',
];
