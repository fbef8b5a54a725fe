import type { SettingValues } from './settings.ts';

/** An address under which something answers besides its own. */
export interface PathAlias {
  readonly from: string;
  readonly to: string;
}

/** Everything that can be set, checked and complete. Paths are absolute. */
export interface Config
  extends Omit<
    SettingValues,
    | 'host'
    | 'allowedHosts'
    | 'basePath'
    | 'dataDir'
    | 'experimentsDir'
    | 'extensionsDir'
    | 'allowNoLogin'
    | 'apiPrefix'
    | 'filesRoutePrefix'
  > {
  /** Addresses to listen at; without a host both of this computer's own. */
  readonly hosts: readonly string[];
  /** Hosts of requests besides this computer's own names: those of the setting, and what is listened at. */
  readonly allowedHosts: readonly string[];
  /** The path before all addresses: empty, or starting with a slash and not ending in one. */
  readonly basePath: string;
  readonly dataDir: string;
  readonly experimentsDir: string;
  readonly extensionsDir: string;
  /** From the original's `API_PREFIX` and `FILES_ROUTE_PREFIX`; the longest first. */
  readonly pathAliases: readonly PathAlias[];
}
