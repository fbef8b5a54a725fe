import type { Setting, SettingGroup } from './setting.ts';
import { settings } from './settings.ts';

/** `docs/configuration.md`, made from the table of settings by `npm run generate`. */
export function configurationDocument(): string {
  const groups = Map.groupBy(Object.values<Setting<unknown>>(settings), (setting) => setting.group);
  const sections = [...groups].map(([group, rows]) => section(group, rows));
  return `# Configuration

Aqueduct needs none. A flag of \`aqueduct serve\` beats the environment, which beats the default; an empty variable
counts as absent. A wrong value stops the start with a sentence that says what is allowed. One is told of without
stopping it: a folder of \`--extensions-dir\` that is not there, in the log and among the
[problems of extensions](extensions.md#install-one).

- Yes is \`1\`, \`true\`, \`yes\` or \`on\`, no is \`0\`, \`false\`, \`no\` or \`off\`, in variables only: the flag
  \`--allow-no-login\` takes no value.
- Bytes are a whole number, plain or with \`KiB\`, \`MiB\`, \`GiB\` or \`TiB\`, or \`K\`, \`M\`, \`G\` or \`T\` for the same:
  powers of 1024. \`MB\` is refused.
- Relative paths count from the folder where the server is started: with \`npm start\` that is the clone, wherever it is called.
- With \`npm start\`, flags come behind \`--\`: \`npm start -- --port 8001\`.

${sections.join('\n\n')}

## What is refused or told of

- \`--experiments-dir\` alone, where \`./aqueduct-data\` is in use and the given folder holds no \`.aqueduct\` yet:
  everything would begin anew in that. Say with \`--data-dir\` which one is meant.
- One folder for experiments and extensions: each file that is uploaded could become a program.
- \`API_PREFIX\`, \`FILES_ROUTE_PREFIX\` and a base path that would take the place of other addresses, such as \`/aqd\`,
  \`/api\` or \`/health\`.
- A server that listens everywhere (\`0.0.0.0\`, \`::\`) without \`AQUEDUCT_ALLOWED_HOSTS\` or \`AQUEDUCT_PUBLIC_URL\`
  starts, with a warning: only requests for localhost are answered.

## From the original server

Its variables named above are honoured, \`POSTGRES_HOST\`, \`POSTGRES_PORT\`, \`POSTGRES_DB\`, \`POSTGRES_USERNAME\` and
\`POSTGRES_PASSWORD\` where they are complete. \`CELERY_MESSAGE_QUEUE\`, \`DOWNLOAD_CHUNK_SIZE_KB\`,
\`MIN_GZIP_COMPRESSION_SIZE_KB\` and \`UPLOAD_RAM_BUFFER_SIZE_KB\` are accepted, with a line that they mean nothing here.
`;
}

function section(group: SettingGroup, rows: readonly Setting<unknown>[]): string {
  const cells = rows.map(({ env, flag, description, fallback, fallbackNote, original }) => [
    `\`${env}\`${original ? `<br>\`${original.env}\`${original.note ? ` (${original.note})` : ''}` : ''}`,
    flag ? `\`${flag}\`` : '',
    fallbackNote ?? (fallback ? `\`${fallback}\`` : ''),
    description,
  ]);
  return `## ${group}\n\n${table(['variable', 'flag', 'default', ''], cells)}`;
}

/** A table with its columns aligned, as the formatter wants it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}
