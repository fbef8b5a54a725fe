import { A_THOUSAND, type Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { graphqlRequest, listBody } from '../load/requests.ts';
import { type Load, runLoad } from '../load/run-load.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import { startFloor } from '../processes/start-floor.ts';
import { type Measured, ratioAtLeast, ratioAtMost } from '../result.ts';

const PAGE = 10;
/** Of the sample data, 19 of 20 are not archived; offsets go over the first thousand. */
const ROWS = 940;
const CONNECTIONS = 10;

/** The list of pyaqueduct, 10 experiments of many, against a bare handler that answers as many bytes from memory. */
export async function measureLists(bench: Bench): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const experiments of [A_THOUSAND, bench.options.experiments]) {
    const ours = await startAqueduct(await bench.installation(experiments));
    results.push(...(await measureListsOf(bench, ours.port, `of ${experiments}`)));
    await ours.stop();
  }
  return results;
}

/** The lists of one server, with many connections and with one. */
export async function measureListsOf(bench: Bench, port: number, name: string): Promise<Measured[]> {
  const { bytes } = await ask(port, listBody(PAGE, 0));
  const floor = await startFloor('bytes', bytes);
  const { seconds } = bench.options;
  const inTurns = (connections: number) =>
    bench.inTurns(
      `lists ${name}, connections: ${connections}`,
      () => runLoad(floor.port, connections, { seconds }, listOf),
      () => runLoad(port, connections, { seconds }, listOf),
    );
  const many = await inTurns(CONNECTIONS);
  const one = await inTurns(1);
  await floor.stop();
  const rateOf = ({ rate }: Load) => rate;
  const timeOf = ({ p50 }: Load) => p50;
  return [
    {
      name: `10 ${name}, ${CONNECTIONS} connections`,
      unit: '/s',
      floor: many.floor.map(rateOf),
      ours: many.ours.map(rateOf),
      target: ratioAtLeast(0.12),
    },
    {
      name: `10 ${name}, 1 connection, p50`,
      unit: 'ms',
      floor: one.floor.map(timeOf),
      ours: one.ours.map(timeOf),
      target: ratioAtMost(4),
    },
  ];
}

/** Steps that have no factor in common with the rows come to every offset. */
const offsetOf = (number: number) => (number * 37) % ROWS;

function listOf(number: number): Buffer {
  return graphqlRequest(listBody(PAGE, offsetOf(number)));
}
