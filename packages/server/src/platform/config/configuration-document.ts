import type { Setting, SettingGroup } from './setting.ts';
import { settings } from './settings.ts';

/** `docs/configuration.md`, made from the table of settings by `npm run generate`. */
export function configurationDocument(): string {
  const groups = Map.groupBy(Object.values<Setting<unknown>>(settings), (setting) => setting.group);
  const sections = [...groups].map(([group, rows]) => section(group, rows));
  return `# Configuration

Aqueduct needs none. A flag of \`aqueduct serve\` beats the environment, which beats the default; an empty variable
counts as absent. A wrong value stops the start with a sentence that says what is allowed.

${sections.join('\n\n')}

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
