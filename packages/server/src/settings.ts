export { AqueductConfigError } from './platform/config/config-error.ts';
export { installationSettings } from './platform/config/installation-settings.ts';
export { type Flags, loadConfig } from './platform/config/load-config.ts';
export type { Setting } from './platform/config/setting.ts';
export { type SettingName, settings } from './platform/config/settings.ts';
