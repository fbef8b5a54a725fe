import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from './config.ts';
import { AqueductConfigError } from './config-error.ts';
import { environmentNotices } from './environment-notices.ts';
import { hostInUrl, isEverywhere } from './host-form.ts';
import { listenAddresses } from './listen-addresses.ts';
import { ownAddressAt, pathAliases } from './path-aliases.ts';
import { postgresUrlFromParts } from './postgres-url-from-parts.ts';
import type { Setting } from './setting.ts';
import { type SettingName, type SettingValues, settings } from './settings.ts';

const USUAL_DATA_FOLDER = 'aqueduct-data';

/** Texts of the environment. An empty one counts as absent, as compose files and shells write "not set" so. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Values of flags, by the name of the setting. */
export type Flags = Readonly<Partial<Record<SettingName, string>>>;

/** Where settings come from. */
export interface ConfigSources {
  readonly env: Environment;
  readonly flags?: Flags;
  /** The folder against which relative paths are resolved. */
  readonly cwd: string;
  /** The settings that are read; of others, which then have their defaults, not even a wrong value is looked at. */
  readonly only?: readonly SettingName[] | undefined;
}

/**
 * Reads the settings: a flag beats the environment, which beats the default.
 *
 * @returns the configuration, and sentences about variables that have no effect
 * @throws {@link AqueductConfigError} with one sentence when a setting can't be used
 */
export function loadConfig({ env, flags = {}, cwd, only }: ConfigSources): {
  config: Config;
  notices: string[];
} {
  const given = readSettings(env, flags, only);
  const notices = environmentNotices(env);
  const postgres = postgresUrlFromParts(env, given.databaseUrl !== undefined);
  if (postgres.notice) notices.push(postgres.notice);

  const { host, allowNoLogin, apiPrefix, filesRoutePrefix, experimentsDir, ...plain } = given;
  const experiments = experimentsDir === undefined ? undefined : resolve(cwd, experimentsDir);
  // A mounted folder that held the original's experiments keeps all of ours too, so that nothing is lost with the
  // container.
  const dataDir = resolve(
    cwd,
    given.dataDir ?? (experiments ? dataFolderIn(experiments, cwd) : USUAL_DATA_FOLDER),
  );

  const hosts = listenAddresses(host, allowNoLogin);
  if (hosts.some(isEverywhere) && given.allowedHosts.length === 0 && given.publicUrl === undefined)
    notices.push(
      'AQUEDUCT_ALLOWED_HOSTS: not set, so only requests for localhost are answered; name in it, or in AQUEDUCT_PUBLIC_URL, what people call this computer.',
    );

  const config: Config = {
    ...plain,
    hosts,
    // Nobody else can make an address point here; a name that is listened at is the administrator's own word.
    allowedHosts: [...given.allowedHosts, ...hosts.filter((each) => !isEverywhere(each)).map(hostInUrl)],
    basePath: basePathOf(given),
    dataDir,
    experimentsDir: experiments ?? resolve(dataDir, 'experiments'),
    extensionsDir:
      given.extensionsDir === undefined ? resolve(dataDir, 'extensions') : resolve(cwd, given.extensionsDir),
    databaseUrl: given.databaseUrl ?? postgres.url,
    pathAliases: pathAliases(apiPrefix, filesRoutePrefix),
  };
  if (config.extensionsDir === config.experimentsDir)
    throw new AqueductConfigError(
      `The folder of experiments and the extensions folder are both ${config.extensionsDir}: each file that is uploaded ` +
        'could become a program. Give them different folders with --experiments-dir and --extensions-dir.',
    );
  return { config: Object.freeze(config), notices };
}

/** Where a folder of experiments alone is given. It is easily not meant where the usual data folder is in use. */
function dataFolderIn(experiments: string, cwd: string): string {
  const folder = join(experiments, '.aqueduct');
  const usual = resolve(cwd, USUAL_DATA_FOLDER);
  if (existsSync(folder) || !existsSync(join(usual, 'objects'))) return folder;
  throw new AqueductConfigError(
    `With a folder of experiments alone, everything would begin anew in ${folder}; but there is a data folder ` +
      `${usual} already. Say with --data-dir (AQUEDUCT_DATA_DIR) which one is meant.`,
  );
}

/** Requests come with it or without, as a proxy may strip it: so none of our own addresses may begin with it. */
function basePathOf({ basePath, publicUrl }: SettingValues): string {
  const path = basePath ?? publicPath(publicUrl);
  const taken = path === '' ? undefined : ownAddressAt(path);
  if (taken === undefined) return path;
  throw new AqueductConfigError(
    `The base path ${path} would take the place of ${taken}. Choose another with --base-path (AQUEDUCT_BASE_PATH), ` +
      'or as the path of the public address.',
  );
}

function publicPath(publicUrl: string | undefined): string {
  return publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
}

function readSettings(
  env: Environment,
  flags: Flags,
  only = Object.keys(settings) as readonly SettingName[],
): SettingValues {
  const entries = Object.entries<Setting<unknown>>(settings).map(([key, setting]) => {
    const name = key as SettingName;
    return [name, readSetting(setting, only.includes(name) ? env : {}, flags[name])];
  });
  // The table's own types say what each parser answers; Object.fromEntries can't carry them.
  return Object.fromEntries(entries) as SettingValues;
}

function readSetting(setting: Setting<unknown>, env: Environment, flag: string | undefined): unknown {
  const { original } = setting;
  if (flag !== undefined) return parse(setting, setting.parser, setting.flag ?? setting.env, flag);
  if (env[setting.env]) return parse(setting, setting.parser, setting.env, env[setting.env]);
  if (original && env[original.env]) {
    return parse(setting, original.parser ?? setting.parser, original.env, env[original.env]);
  }
  return setting.fallback === undefined
    ? undefined
    : parse(setting, setting.parser, 'The default', setting.fallback);
}

function parse(
  setting: Setting<unknown>,
  parser: Setting<unknown>['parser'],
  origin: string,
  text = '',
): unknown {
  const value = parser.parse(text);
  if (value !== undefined) return value;

  const found = setting.secret
    ? 'set to something else (not shown: it may hold a password)'
    : JSON.stringify(text);
  const source = origin.startsWith('--') ? `The flag ${origin}` : `The environment variable ${origin}`;
  throw new AqueductConfigError(`${source} must be ${parser.allowed}, but it is ${found}.`);
}
