import type { Bench } from '../bench.ts';
import { createExperiment } from '../load/ask.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { createBody, formUpload, getRequest, graphqlRequest, listBody } from '../load/requests.ts';
import { upload } from '../load/upload.ts';
import { peakMemory } from '../processes/memory.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import { type Measured, oursAtMost } from '../result.ts';
import { percentile } from '../statistics.ts';

const MIB = 1024 * 1024;
const MOST_MEMORY_MB = 300;
const MOST_WAIT_MS = 200;
const PAUSE_MS = 20;
const NAME = 'huge.bin';

/** A file that is larger than memory might be: what the server holds of it, and how long others wait. */
export async function measureHugeFile(bench: Bench): Promise<Measured[]> {
  const { hugeFile } = bench.options;
  const server = await startAqueduct(bench.newFolder(), { AQUEDUCT_UPLOAD_MAX_BYTES: String(hugeFile) });
  const uuid = await createExperiment(server.port, createBody('A huge file'));
  const size = `${hugeFile / MIB} MiB`;
  const results: Measured[] = [];
  const measure = async (name: string, work: () => Promise<unknown>) => {
    bench.say(name);
    const waits = await waitsDuring(server.port, work);
    results.push(
      {
        name: `${name}: most memory`,
        unit: 'MB',
        floor: [],
        ours: [peakMemory(server.pid)],
        target: oursAtMost(MOST_MEMORY_MB),
      },
      {
        name: '  other lists meanwhile, p99',
        unit: 'ms',
        floor: [],
        ours: [percentile(waits, 99)],
        target: oursAtMost(MOST_WAIT_MS),
      },
    );
  };
  await measure(`upload of ${size}`, () => upload(server.port, hugeFile, formUpload(uuid, NAME, hugeFile)));
  await measure(`download of ${size}`, async () => {
    const connection = await HttpConnection.open(server.port);
    const { status, length } = await connection.send(getRequest(`/api/files/${uuid}/${NAME}`));
    connection.close();
    if (status !== 200 || length !== hugeFile) throw new Error(`The download was answered with ${status}.`);
  });
  await server.stop();
  return results;
}

/** Asks for a list every now and then while a work is under way; gives the milliseconds that each took. */
async function waitsDuring(port: number, work: () => Promise<unknown>): Promise<number[]> {
  let isDone = false;
  const done = work().finally(() => (isDone = true));
  const connection = await HttpConnection.open(port);
  const request = graphqlRequest(listBody(10, 0));
  const waits: number[] = [];
  while (!isDone) {
    const before = performance.now();
    await connection.send(request);
    waits.push(performance.now() - before);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  connection.close();
  await done;
  return waits;
}
