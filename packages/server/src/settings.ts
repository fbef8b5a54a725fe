export type { Flags } from './platform/config/load-config.ts';
export type { Setting } from './platform/config/setting.ts';
export { type SettingName, settings } from './platform/config/settings.ts';
