import { type Flags, type Setting, type SettingName, settings } from '@aqueduct/server/settings';
import { Command, CommanderError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { CheckFlags } from './check.ts';

const { version } = manifest;

const AFTER_CHECK = `
Ends with 0 where nothing is wrong, 1 where something is, and 2 where it can't
be told. What people put into the readable folders is no damage. Nothing
is removed or repaired: docs/operation.md says what to do.`;

const HELP = ['-h, --help', 'Print this help.'] as const;

/** A server goes on when nobody reads what it says. */
let isServing = false;

const program = new Command('aqueduct')
  .description('Keeps the experiments of a laboratory.')
  .version(version, '--version', 'Print the version.')
  .helpOption(...HELP)
  .helpCommand('help [command]', 'Print the help of a command.')
  .showSuggestionAfterError()
  .exitOverride();

const serve = program
  .command('serve')
  .description('Run the server.')
  .helpOption(...HELP)
  .allowExcessArguments(false)
  .action(async (flags: Flags) => {
    isServing = true;
    const { serveCommand } = await import('./serve.ts');
    await serveCommand(flags, version);
  });

for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
  if (setting.flag !== undefined) serve.addOption(optionOf(name as SettingName, setting));
}
serve.addHelpText('after', environmentOnly());

const check = program
  .command('check')
  .description('Compare the files on the disk with the database, also beside a running server.')
  .helpOption(...HELP)
  .allowExcessArguments(false)
  .option('--adopt', 'Take in what people put into the readable folders, or edited there.')
  .option('--quick', 'Compare sizes only: read no file, compare no SHA-256.')
  .option('--json', 'Print a line of JSON for each finding, and one that sums up.')
  .action(async ({ adopt, quick, json, ...flags }: Flags & CheckFlags) => {
    const { checkCommand } = await import('./check.ts');
    await checkCommand(flags, { adopt, quick, json }, version);
  });

for (const name of ['dataDir', 'experimentsDir', 'databaseUrl'] as const) {
  check.addOption(optionOf(name, settings[name]));
}
check.addHelpText('after', AFTER_CHECK);

/** A flag takes its text as it is: the one table of settings parses it. */
function optionOf(name: SettingName, setting: Setting<unknown>): Option {
  const flags = setting.placeholder === undefined ? setting.flag : `${setting.flag} <${setting.placeholder}>`;
  const option = new Option(flags ?? '', `${setting.description}\n${notesOf(setting)}`);
  option.helpGroup(`${setting.group}:`);
  option.attributeName = () => name;
  if (setting.placeholder === undefined) option.preset('1');
  return option;
}

/** The line below a description: the variable, and what happens without it. */
function notesOf({ env, fallbackNote, fallback }: Setting<unknown>): string {
  const otherwise = fallbackNote ?? fallback;
  return otherwise ? `[${env}; default: ${otherwise}]` : `[${env}]`;
}

/** Settings that have no flag. */
function environmentOnly(): string {
  const rows = Object.values<Setting<unknown>>(settings).filter((setting) => setting.flag === undefined);
  const lines = rows.map(
    ({ env, description, fallbackNote, fallback }) =>
      `  ${env}\n      ${description}\n      [default: ${fallbackNote ?? fallback}]`,
  );
  return `\nOnly in the environment:\n${lines.join('\n')}\n\nEvery setting is described in docs/configuration.md.`;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads our help may have seen enough of it.
  if (isServing || error.code === 'EPIPE') return;
  console.error(`The output could not be written: ${error.message}.`);
  process.exit(2);
});
// What is said to a terminal that was closed must not end the server before its tasks.
process.stderr.on('error', () => undefined);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // commander has printed its sentence, or without a command the help. Asking for that is no failure.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
  const noLogin = settings.allowNoLogin.flag;
  if (error.code === 'commander.excessArguments' && process.argv.includes(noLogin))
    console.error(`(${noLogin} takes no value: leave it out, or ${settings.allowNoLogin.env}=0.)`);
}
