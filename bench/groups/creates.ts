import { A_THOUSAND, type Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { createBody, graphqlRequest, listBody } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import { startFloor } from '../processes/start-floor.ts';
import { type Measured, ratioAtLeast, type Target } from '../result.ts';

const CONNECTIONS = 10;

/** createExperiment, as durable as it is, against a bare handler that commits one row for each request. */
export async function measureCreates(bench: Bench): Promise<Measured[]> {
  const { experiments } = bench.options;
  const small = await startAqueduct(await bench.installation(A_THOUSAND));
  const results = [
    await measure(bench, small.port, A_THOUSAND, 1, ratioAtLeast(0.6)),
    await measure(bench, small.port, A_THOUSAND, CONNECTIONS, ratioAtLeast(1.2)),
  ];
  await small.stop();
  const large = await startAqueduct(await bench.installation(experiments));
  results.push(await measure(bench, large.port, experiments, 1, ratioAtLeast(0.5)));
  await large.stop();
  return results;
}

async function measure(
  bench: Bench,
  port: number,
  experiments: number,
  connections: number,
  target: Target,
): Promise<Measured> {
  const floor = await startFloor('create', bench.newFolder());
  const { seconds } = bench.options;
  let made = 0;
  const create = () => graphqlRequest(createBody(`Rabi oscillation ${(made += 1)}`));
  const name = `of ${experiments}, connections: ${connections}`;
  const before = await totalOf(port);
  const taken = await bench.inTurns(
    `creates ${name}`,
    async () => (await runLoad(floor.port, connections, { seconds }, create)).rate,
    async () => (await runLoad(port, connections, { seconds }, create)).rate,
  );
  if ((await totalOf(port)) <= before) throw new Error('No experiment was made.');
  await floor.stop();
  return { name: `createExperiment, ${name}`, unit: '/s', ...taken, target };
}

async function totalOf(port: number): Promise<number> {
  return (await ask(port, listBody(0, 0))).data?.experiments?.totalExperimentsCount ?? 0;
}
