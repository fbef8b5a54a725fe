// Sample data: npm run populate -- --count N --data-dir DIR [--database-url URL]
import { AqueductError, loadConfig, populateInstallation } from '@aqueduct/server';
import { AqueductConfigError, type Flags, installationSettings } from '@aqueduct/server/settings';
import { Command, CommanderError, InvalidArgumentError } from 'commander';

const program = new Command('npm run populate --')
  .description(
    'Fill an installation up to a number of sample experiments, also beside a running server. ' +
      'They are always the same, and the newest 1,200 have two small files.',
  )
  .helpOption('-h, --help', 'Print this help.')
  .allowExcessArguments(false)
  .requiredOption('--count <n>', 'How many there shall be. Required.', wholeNumber)
  .option(
    '--data-dir <folder>',
    'The data folder; it is made where there is none.\n[AQUEDUCT_DATA_DIR; default: ./aqueduct-data; with --experiments-dir alone, .aqueduct in it]',
  )
  .option(
    '--experiments-dir <folder>',
    'The folder of experiments, where it lies elsewhere.\n[AQUEDUCT_EXPERIMENTS_DIR; default: experiments in the data folder]',
  )
  .option(
    '--database-url <url>',
    'PostgreSQL: give the --data-dir of its files, too.\n[DATABASE_URL; default: SQLite in the data folder]',
  )
  .exitOverride()
  .action(({ count, ...flags }: Flags & { count: number }) => fill(count, flags));

try {
  await program.parseAsync();
} catch (error) {
  // commander has printed its sentence; asking for help is no failure.
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof CommanderError)) console.error(sentenceFor(error));
}

async function fill(count: number, flags: Flags): Promise<void> {
  const sources = { env: process.env, flags, cwd: process.cwd(), only: installationSettings };
  const { config, notices } = loadConfig(sources);
  for (const notice of notices) console.error(notice);
  const started = performance.now();
  const before = await populateInstallation(config, count, (done) => {
    if (done % 50_000 === 0) console.log(`${done} experiments`);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (before < count) console.log(`${count} experiments after ${seconds} s`);
  else console.log(`There are ${before} sample experiments already: none were added.`);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number, such as 1000.');
  return Number(text);
}

/** What people can do something about; anything else keeps its trace. */
function sentenceFor(error: unknown): string {
  if (error instanceof AqueductError || error instanceof AqueductConfigError) return error.message;
  if (error instanceof Error && 'syscall' in error) return `The data folder can't be used: ${error.message}`;
  throw error;
}
