import { parseArgs } from 'node:util';

const MIB = 1024 * 1024;

/** How much is measured. */
export interface Scale {
  /** Experiments of the large installation; the small one has 1,000. */
  readonly experiments: number;
  /** The same on PostgreSQL, where filling takes longer. */
  readonly experimentsOnPostgres: number;
  /** Bytes of the large file, of which uploads and downloads are timed. */
  readonly largeFile: number;
  /** Bytes of the file during which memory is watched. */
  readonly hugeFile: number;
  /** How long each load runs, in seconds. */
  readonly seconds: number;
}

export interface Options extends Scale {
  readonly rounds: number;
  /** Names of groups; empty for all. */
  readonly only: readonly string[];
  /** Where the filled installations are kept for the next run; undefined makes and removes them. */
  readonly keep: string | undefined;
  /** Where the results go as JSON. */
  readonly json: string | undefined;
}

const FULL: Scale = {
  experiments: 1_000_000,
  experimentsOnPostgres: 100_000,
  largeFile: 1024 * MIB,
  hugeFile: 8192 * MIB,
  seconds: 3,
};

const QUICK: Scale = {
  experiments: 20_000,
  experimentsOnPostgres: 5000,
  largeFile: 64 * MIB,
  hugeFile: 256 * MIB,
  seconds: 1,
};

/** Printed by `--help`. */
export const USAGE = `npm run bench -- [options]

Measures \`aqueduct serve\` against floors: the least that a server must do for the same work.

  --only a,b        Only these groups: GROUPS.
  --rounds N        Turns of floor and ours (default 5).
  --quick           For developers: ${QUICK.experiments} experiments, ${QUICK.largeFile / MIB} MiB; targets may be missed.
  --experiments N   Experiments of the large installation (default ${FULL.experiments}; 2,000 at least).
  --file-mib N      Size of the large file (default ${FULL.largeFile / MIB}).
  --huge-mib N      Size of the huge file, during which memory is watched (default ${FULL.hugeFile / MIB}).
  --seconds S       Length of each load (default ${FULL.seconds}).
  --keep DIR        Keeps the filled installations there for the next run.
  --json FILE       Writes all values to a file.

Ends with 1 when a target is missed.`;

/** Reads the command line. */
export function parseOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean' },
      experiments: { type: 'string' },
      'file-mib': { type: 'string' },
      'huge-mib': { type: 'string' },
      seconds: { type: 'string' },
      keep: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const scale = values.quick ? QUICK : FULL;
  const experiments = wholeNumberOf('experiments', values.experiments, 2000) ?? scale.experiments;
  return {
    rounds: wholeNumberOf('rounds', values.rounds, 1) ?? 5,
    only: values.only?.split(',') ?? [],
    keep: values.keep,
    json: values.json,
    experiments,
    experimentsOnPostgres: Math.min(experiments, scale.experimentsOnPostgres),
    largeFile: bytesOf(numberOf('file-mib', values['file-mib'], 1)) ?? scale.largeFile,
    hugeFile: bytesOf(numberOf('huge-mib', values['huge-mib'], 1)) ?? scale.hugeFile,
    seconds: numberOf('seconds', values.seconds, 0.05) ?? scale.seconds,
  };
}

function numberOf(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value >= least)) throw new Error(`--${name} takes a number from ${least} on; "${text}" was given.`);
  return value;
}

function wholeNumberOf(name: string, text: string | undefined, least: number): number | undefined {
  const value = numberOf(name, text, least);
  if (value === undefined || Number.isInteger(value)) return value;
  throw new Error(`--${name} takes a whole number; "${text}" was given.`);
}

function bytesOf(mebibytes: number | undefined): number | undefined {
  return mebibytes === undefined ? undefined : Math.floor(mebibytes * MIB);
}
