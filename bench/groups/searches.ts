import { sampleExperiment } from '@aqueduct/server';
import { A_THOUSAND, type Bench } from '../bench.ts';
import { ask, createExperiment } from '../load/ask.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { createBody, type Filters, graphqlRequest, listBody } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import { startFloor } from '../processes/start-floor.ts';
import { type Measured, ratioAtMost } from '../result.ts';
import { median } from '../statistics.ts';

/** In the titles of a third of the sample data ("… at 20 mK", "… at the sweet spot"). */
const COMMON_TEXT = ' at ';
/** First searches in each turn. */
const REPEATS = 5;

interface Case {
  readonly name: string;
  readonly limit: number;
  /** How many a list of the small installation holds: offsets stay within, so that pages are full in both. */
  readonly rows: number;
  readonly most: number;
  filters(experiments: number): Filters;
}

const CASES: readonly Case[] = [
  { name: 'all', limit: 10, rows: 940, most: 1.2, filters: () => ({}) },
  { name: 'a common tag', limit: 10, rows: 50, most: 1.2, filters: () => ({ tags: ['setup/3'] }) },
  { name: 'a rare tag', limit: 5, rows: 5, most: 1.2, filters: () => ({ tags: ['run/7'] }) },
  { name: 'a month', limit: 10, rows: 940, most: 1.2, filters: (n) => period(n, 7) },
  { name: 'a year', limit: 10, rows: 940, most: 1.2, filters: (n) => period(n, 4) },
  {
    name: 'a text of 475 titles',
    limit: 10,
    rows: 475,
    most: 2,
    filters: (n) => ({ title: lastWholeDay(n) }),
  },
];

/**
 * Lists of a large installation against the same lists of a small one: size must not be felt. None is asked for twice,
 * for an answer that is kept takes the same time in both.
 */
export async function measureSearches(bench: Bench): Promise<Measured[]> {
  const { experiments } = bench.options;
  const few = await startAqueduct(await bench.installation(A_THOUSAND));
  const dataDir = await bench.installation(experiments);
  const many = await startAqueduct(dataDir);
  const results: Measured[] = [];
  for (const each of CASES) results.push(await compareSizes(bench, few.port, many.port, experiments, each));

  const common = {
    name: 'a text of every third title, again',
    limit: 10,
    rows: 300,
    most: 1.5,
    filters: () => ({ title: COMMON_TEXT }),
  };
  results.push(...(await measureFirstTime(bench, dataDir, many.port)));
  results.push(await compareSizes(bench, few.port, many.port, experiments, common));
  await few.stop();
  await many.stop();
  return results;
}

async function compareSizes(
  bench: Bench,
  few: number,
  many: number,
  experiments: number,
  { name, limit, rows, most, filters }: Case,
): Promise<Measured> {
  const { seconds } = bench.options;
  const at = (port: number, size: number) => async () => {
    const asked = filters(size);
    const { data } = await ask(port, listBody(limit, 0, asked));
    if (data?.experiments?.experimentsData.length !== limit)
      throw new Error(`The list by ${name} is too short.`);
    const next = (number: number) =>
      graphqlRequest(listBody(limit, (number * 37) % (rows - limit + 1), asked));
    return (await runLoad(port, 1, { seconds }, next)).p50;
  };
  const taken = await bench.inTurns(`lists by ${name}`, at(few, A_THOUSAND), at(many, experiments));
  return {
    name: `${name}: p50, ${experiments} against ${A_THOUSAND}`,
    unit: 'ms',
    ...taken,
    target: ratioAtMost(most),
  };
}

/** What is found in a third of all, after a change: nothing that was counted before holds any more. */
async function measureFirstTime(bench: Bench, dataDir: string, port: number): Promise<Measured[]> {
  const search = graphqlRequest(listBody(10, 0, { title: COMMON_TEXT }));
  const plain = graphqlRequest(listBody(10, 0));
  const scan = await startFloor('like-scan', `${dataDir}/aqueduct.db`, COMMON_TEXT);
  const timeOf = async (connection: HttpConnection, request: Buffer) => {
    const before = performance.now();
    await connection.send(request);
    return performance.now() - before;
  };
  const scanning = await HttpConnection.open(scan.port);
  const searching = await HttpConnection.open(port);
  const listing = await HttpConnection.open(port);
  const repeat = async (turn: () => Promise<number>) => {
    const times: number[] = [];
    for (let i = 0; i < REPEATS; i += 1) times.push(await turn());
    return median(times);
  };

  const first = await bench.inTurns(
    'searches for a common text, for the first time',
    () => repeat(() => timeOf(scanning, search)),
    () =>
      repeat(async () => {
        await createExperiment(port, createBody('A change'));
        return timeOf(searching, search);
      }),
  );
  const lists = async (isSearching: boolean) => {
    await createExperiment(port, createBody('A change'));
    let isDone = !isSearching;
    const searched = isSearching ? timeOf(searching, search).then(() => (isDone = true)) : undefined;
    const times = [];
    while (times.length < 100 || !isDone) times.push(await timeOf(listing, plain));
    await searched;
    return median(times);
  };
  const meanwhile = await bench.inTurns(
    'other lists meanwhile',
    () => repeat(() => lists(false)),
    () => repeat(() => lists(true)),
  );
  for (const connection of [scanning, searching, listing]) connection.close();
  await scan.stop();
  return [
    {
      name: 'a text of every third title, first: against LIKE',
      unit: 'ms',
      ...first,
      target: ratioAtMost(0.3),
    },
    { name: 'other lists meanwhile: p50 against before', unit: 'ms', ...meanwhile, target: ratioAtMost(1.5) },
  ];
}

/** The month (7 characters of a date) or year (4) of the newest experiment. */
function period(experiments: number, characters: number): Filters {
  const newest = new Date(sampleExperiment(experiments - 1).createdAt / 1000).toISOString();
  const start = newest.slice(0, characters);
  const end = characters === 4 ? `${start}-12-31` : newest.slice(0, 10);
  return { startDate: `${start}${characters === 4 ? '-01' : ''}-01`, endDate: `${end}T23:59:59.999999` };
}

/** The text of a day that has all its experiments, as EIDs begin. */
function lastWholeDay(experiments: number): string {
  return `${sampleExperiment(experiments - 501).day}-`;
}
