import type { Setting } from './setting.ts';
import * as parse from './setting-parsers.ts';

/** Keeps the type of each value while checking the shape of each row. */
function table<const Rows extends Record<string, Setting<unknown>>>(rows: Rows): Rows {
  return rows;
}

/** Of both, where each byte takes six in JSON, an answer still has a text that Node can hold. */
const MOST_TASK_OUTPUT = 40 * 1024 * 1024;

/**
 * Every setting of the server: `aqueduct serve --help`, `docs/configuration.md` and `loadConfig` are made from this
 * one table.
 */
export const settings = table({
  port: {
    group: 'Address',
    env: 'AQUEDUCT_PORT',
    flag: '--port',
    placeholder: 'number',
    description: 'Port to listen at; 0 takes a free one.',
    parser: parse.wholeNumber(0, 65535, 'a port'),
    fallback: '8000',
  },
  host: {
    group: 'Address',
    env: 'AQUEDUCT_HOST',
    flag: '--host',
    placeholder: 'address',
    description: 'Address to listen at; others than this computer’s own need AQUEDUCT_ALLOW_NO_LOGIN.',
    parser: parse.listenHost,
    fallbackNote: '127.0.0.1 and ::1',
  },
  basePath: {
    group: 'Address',
    env: 'AQUEDUCT_BASE_PATH',
    flag: '--base-path',
    placeholder: 'path',
    description: 'Path before all addresses, for a reverse proxy that serves other things too.',
    parser: parse.urlPath,
    fallbackNote: 'the path of the public address, else none',
  },
  publicUrl: {
    group: 'Address',
    env: 'AQUEDUCT_PUBLIC_URL',
    flag: '--public-url',
    placeholder: 'url',
    description: 'Address under which browsers reach the server through a proxy.',
    parser: parse.webAddress,
  },
  dataDir: {
    group: 'Data',
    env: 'AQUEDUCT_DATA_DIR',
    flag: '--data-dir',
    placeholder: 'folder',
    description: 'Folder of the database and the files.',
    parser: parse.folder,
    fallbackNote: './aqueduct-data; where only the folder of experiments is given, .aqueduct in it',
  },
  experimentsDir: {
    group: 'Data',
    env: 'AQUEDUCT_EXPERIMENTS_DIR',
    flag: '--experiments-dir',
    placeholder: 'folder',
    description: 'Folder of experiments: a readable folder for each, with its files under their names.',
    parser: parse.folder,
    fallbackNote: 'experiments in the data folder',
    original: { env: 'EXPERIMENTS_DIR_PATH' },
  },
  extensionsDir: {
    group: 'Data',
    env: 'AQUEDUCT_EXTENSIONS_DIR',
    flag: '--extensions-dir',
    placeholder: 'folder',
    description: 'Extensions folder: where extensions are looked for.',
    parser: parse.folder,
    fallbackNote: 'extensions in the data folder',
    original: { env: 'EXTENSIONS_DIR_PATH' },
  },
  databaseUrl: {
    group: 'Data',
    env: 'DATABASE_URL',
    flag: '--database-url',
    placeholder: 'url',
    description: 'PostgreSQL database to use instead of the SQLite one in the data folder.',
    parser: parse.postgresUrl,
    fallbackNote: 'SQLite',
    secret: true,
  },
  allowedHosts: {
    group: 'Access',
    env: 'AQUEDUCT_ALLOWED_HOSTS',
    flag: '--allowed-hosts',
    placeholder: 'names',
    description: 'Host names, besides localhost and --host, under which requests may come; comma-separated.',
    parser: parse.listOf(parse.hostHeader),
    fallback: '',
  },
  trustedProxies: {
    group: 'Access',
    env: 'AQUEDUCT_TRUSTED_PROXIES',
    flag: '--trusted-proxies',
    placeholder: 'networks',
    description: 'Proxies whose X-Forwarded-* headers count: IP addresses or networks; comma-separated.',
    parser: parse.listOf(parse.network),
    fallback: '',
  },
  allowNoLogin: {
    group: 'Access',
    env: 'AQUEDUCT_ALLOW_NO_LOGIN',
    flag: '--allow-no-login',
    description: 'Lets everyone who reaches --host in without login; for containers and closed networks.',
    parser: parse.yesOrNo,
    fallback: '0',
  },
  username: {
    group: 'Access',
    env: 'DEFAULT_USERNAME',
    description: 'Name of the one user of an installation without login.',
    parser: parse.userName,
    fallback: 'admin',
  },
  tasksAtOnce: {
    group: 'Tasks',
    env: 'AQUEDUCT_TASKS_AT_ONCE',
    flag: '--tasks-at-once',
    placeholder: 'number',
    description: 'Tasks that this server runs at one time; more wait for their turn.',
    parser: parse.wholeNumber(1, 10_000),
    fallback: '32',
  },
  taskTimeoutSeconds: {
    group: 'Tasks',
    env: 'AQUEDUCT_TASK_TIMEOUT_SECONDS',
    flag: '--task-timeout-seconds',
    placeholder: 'number',
    description: 'How long a task may run where its manifest says nothing; 0 is for ever.',
    parser: parse.wholeNumber(0, 10_000_000),
    fallback: '0',
  },
  taskOutputMaxBytes: {
    group: 'Tasks',
    env: 'AQUEDUCT_TASK_OUTPUT_MAX_BYTES',
    flag: '--task-output-max-bytes',
    placeholder: 'bytes',
    description: 'How much of each of its two outputs is kept of a task; 40MiB at most.',
    parser: parse.byteCount(1024, MOST_TASK_OUTPUT),
    fallback: '10MiB',
  },
  taskEnv: {
    group: 'Tasks',
    env: 'AQUEDUCT_TASK_ENV',
    description: 'Names of further variables of the server that tasks see; comma-separated.',
    parser: parse.listOf(parse.variableName),
    fallback: '',
    fallbackNote: 'none',
  },
  uploadMaxBytes: {
    group: 'Limits',
    env: 'AQUEDUCT_UPLOAD_MAX_BYTES',
    flag: '--upload-max-bytes',
    placeholder: 'bytes',
    description: 'Largest file that may be uploaded.',
    parser: parse.byteCount(1),
    fallback: '4GiB',
    original: { env: 'UPLOAD_MAX_FILE_SIZE_KB', parser: parse.kibibytes, note: 'in KB' },
  },
  uploadsAtOnce: {
    group: 'Limits',
    env: 'AQUEDUCT_UPLOADS_AT_ONCE',
    flag: '--uploads-at-once',
    placeholder: 'number',
    description: 'Uploads that may run at one time; more are asked to try again.',
    parser: parse.wholeNumber(1, 10_000),
    fallback: '128',
  },
  unfinishedUploadDays: {
    group: 'Limits',
    env: 'AQUEDUCT_UNFINISHED_UPLOAD_DAYS',
    flag: '--unfinished-upload-days',
    placeholder: 'number',
    description: 'How long an upload that broke off can be resumed after its last byte came.',
    parser: parse.wholeNumber(1, 3650),
    fallback: '7',
  },
  requestMaxBytes: {
    group: 'Limits',
    env: 'AQUEDUCT_REQUEST_MAX_BYTES',
    flag: '--request-max-bytes',
    placeholder: 'bytes',
    description: 'Largest body of any other request (GraphQL, lists of files).',
    parser: parse.byteCount(65536),
    fallback: '1MiB',
  },
  freeSpaceReserveBytes: {
    group: 'Limits',
    env: 'AQUEDUCT_FREE_SPACE_RESERVE',
    flag: '--free-space-reserve',
    placeholder: 'bytes',
    description: 'Space on the disk that uploads leave free, so that the database can go on.',
    parser: parse.byteCount(0),
    fallback: '256MiB',
  },
  shutdownSeconds: {
    group: 'Limits',
    env: 'AQUEDUCT_SHUTDOWN_SECONDS',
    flag: '--shutdown-seconds',
    placeholder: 'number',
    description: 'How long running requests may go on when the server is asked to stop.',
    parser: parse.wholeNumber(0, 3600),
    fallback: '30',
  },
  logLevel: {
    group: 'Logging',
    env: 'AQUEDUCT_LOG_LEVEL',
    flag: '--log-level',
    placeholder: 'level',
    description: 'Least important messages to log: trace, debug, info, warn, error, fatal or silent.',
    parser: parse.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    fallback: 'info',
  },
  logFormat: {
    group: 'Logging',
    env: 'AQUEDUCT_LOG_FORMAT',
    flag: '--log-format',
    placeholder: 'format',
    description: 'json, text, or auto: text on a terminal, json elsewhere.',
    parser: parse.oneOf('auto', 'json', 'text'),
    fallback: 'auto',
  },
  apiPrefix: {
    group: 'Compatibility',
    env: 'API_PREFIX',
    description: 'A second path under which the API answers besides /api.',
    parser: parse.urlPrefix,
    fallback: '/api',
  },
  filesRoutePrefix: {
    group: 'Compatibility',
    env: 'FILES_ROUTE_PREFIX',
    description: 'A second path for files besides /files, below that of the API.',
    parser: parse.urlPrefix,
    fallback: '/files',
  },
});

export type SettingName = keyof typeof settings;

/** The value of each setting, `undefined` where it is not given and has no default of its own. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof settings)[Name] extends { fallback: string }
    ? ParsedBy<(typeof settings)[Name]['parser']>
    : ParsedBy<(typeof settings)[Name]['parser']> | undefined;
};

type ParsedBy<P> = P extends { parse(text: string): infer Value } ? Exclude<Value, undefined> : never;
