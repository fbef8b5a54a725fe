import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { ask, createExperiment } from '../load/ask.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { createBody, graphqlRequest } from '../load/requests.ts';
import { TaskEnds } from '../load/task-ends.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import { startFloor } from '../processes/start-floor.ts';
import { type Measured, oursAtMost, ratioAtMost } from '../result.ts';
import { median } from '../statistics.ts';

/** Runs of a round, one after the other. */
const RUNS = 20;
const SCRIPT = 'true';
const MANIFEST = `name: Bench
authors: bench
aqueduct_url: auto
actions:
  - name: nothing
    script: "${SCRIPT}"
    parameters:
      - {name: experiment, data_type: experiment}
`;

const SUBMIT =
  'mutation ($i: ExecuteExtensionInput!) { executeExtension(executeExtensionInput: $i) { uuid experiment { eid } } }';

/** A task that does nothing, from its submission until its success is seen, against the bare start of its script. */
export async function measureTasks(bench: Bench): Promise<Measured[]> {
  const dataDir = bench.newFolder();
  const folder = join(dataDir, 'extensions', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.yml'), MANIFEST);
  const server = await startAqueduct(dataDir);
  const experimentUuid = await createExperiment(server.port, createBody('tasks'));
  const found = await ask<{ experiment: { eid: string } }>(
    server.port,
    body('query ($u: String!) { experiment(experimentIdentifier: {type: UUID, value: $u}) { eid } }', {
      u: experimentUuid,
    }),
  );
  const eid = found.data?.experiment.eid ?? '';
  const submission = graphqlRequest(
    body(SUBMIT, {
      i: { experimentUuid, extension: 'Bench', action: 'nothing', params: [['experiment', eid]] },
    }),
  );

  const bare = await startFloor('spawn', folder, SCRIPT);
  const submitter = await HttpConnection.open(server.port);
  const ends = await TaskEnds.open(server.port);
  const starts: number[] = [];
  const { floor, ours } = await bench.inTurns(
    'tasks',
    () => medianOf(() => runBare(bare.port)),
    () =>
      medianOf(async () => {
        const begun = performance.now();
        starts.push(await runTask(submitter, ends, submission));
        return performance.now() - begun;
      }),
  );
  ends.close();
  submitter.close();
  await server.stop();
  await bare.stop();
  return [
    {
      name: 'a task that does nothing, until SUCCESS is seen, against a bare spawn',
      unit: 'ms',
      floor,
      ours,
      target: ratioAtMost(2),
    },
    {
      name: `submission to process start, ${starts.length} times`,
      unit: 'ms',
      floor: [],
      ours: starts,
      target: oursAtMost(25),
    },
  ];
}

async function medianOf(run: () => Promise<number>): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < RUNS; i += 1) taken.push(await run());
  return median(taken);
}

async function runBare(port: number): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
}

interface Submitted {
  readonly data: { readonly executeExtension: { readonly uuid: string } } | null;
}

/** Runs a task until it has succeeded; gives the milliseconds from its submission to the start of its process. */
async function runTask(submitter: HttpConnection, ends: TaskEnds, submission: Buffer): Promise<number> {
  const answer = (await submitter.send(submission)).beginning.toString();
  // On a busy machine it may come in chunks, with blanks before.
  const { data } = JSON.parse(answer.slice(answer.indexOf('{"'), answer.lastIndexOf('}') + 1)) as Submitted;
  if (!data) throw new Error(`The task was refused:\n${answer}`);
  const { startedAt, receivedAt } = await ends.success(data.executeExtension.uuid);
  return secondsOf(startedAt, receivedAt) * 1000;
}

/** The seconds between two moments of one minute or of neighbouring ones; `Date` would lose the microseconds. */
function secondsOf(later: string, earlier: string): number {
  const seconds = Number(later.slice(17, 26)) - Number(earlier.slice(17, 26));
  return seconds < 0 ? seconds + 60 : seconds;
}

function body(query: string, variables: object): string {
  return JSON.stringify({ query, variables });
}
