import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { createExperiment } from '../load/ask.ts';
import { createBody, type Envelope, formUpload, getRequest, plainUpload } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import { startFloor } from '../processes/start-floor.ts';
import { type Measured, ratioAtLeast } from '../result.ts';

const SIZE = 10_000;
const FILES = 100;
/** A hundred files take too short a time to be measured: each turn sends them to so many experiments. */
const EXPERIMENTS = 5;
const bytes = randomBytes(SIZE);

/** A hundred files of 10 kB, up and down, with one connection and with ten. */
export async function measureSmallFiles(bench: Bench): Promise<Measured[]> {
  const folder = bench.newFolder();
  const ours = await startAqueduct(bench.newFolder());
  const upFloor = await startFloor('upload-small', folder);
  const downFloor = await startFloor('download', folder);
  const names = Array.from({ length: FILES }, (_, i) => `file-${i}.dat`);
  const requests = FILES * EXPERIMENTS;
  const newExperiments = () =>
    Promise.all(
      Array.from({ length: EXPERIMENTS }, () => createExperiment(ours.port, createBody('Small files'))),
    );
  const nameOf = (number: number) => names[number % FILES] ?? '';
  const whole = ({ before, after }: Envelope) => Buffer.concat([before, bytes, after]);

  const results: Measured[] = [];
  for (const connections of [1, 10]) {
    const taken = await bench.inTurns(
      `uploads of small files, connections: ${connections}`,
      async () =>
        (await runLoad(upFloor.port, connections, { requests }, () => whole(plainUpload(SIZE)))).rate,
      async () => {
        const uuids = await newExperiments();
        const next = (number: number) =>
          whole(formUpload(uuids[Math.floor(number / FILES)] ?? '', nameOf(number), SIZE));
        return (await runLoad(ours.port, connections, { requests }, next)).rate;
      },
    );
    results.push({
      name: `uploads of 10 kB, connections: ${connections}`,
      unit: '/s',
      ...taken,
      target: ratioAtLeast(0.7),
    });
  }

  const [uuid = ''] = await newExperiments();
  await runLoad(ours.port, 1, { requests: FILES }, (number) => whole(formUpload(uuid, nameOf(number), SIZE)));
  mkdirSync(join(folder, uuid));
  for (const name of names) writeFileSync(join(folder, uuid, name), bytes);
  for (const connections of [1, 10]) {
    const taken = await bench.inTurns(
      `downloads of small files, connections: ${connections}`,
      async () =>
        (await runLoad(downFloor.port, connections, { requests }, (n) => getRequest(`/${uuid}/${nameOf(n)}`)))
          .rate,
      async () =>
        (
          await runLoad(ours.port, connections, { requests }, (n) =>
            getRequest(`/api/files/${uuid}/${nameOf(n)}`),
          )
        ).rate,
    );
    results.push({
      name: `downloads of 10 kB, connections: ${connections}`,
      unit: '/s',
      ...taken,
      target: ratioAtLeast(0.7),
    });
  }
  for (const child of [ours, upFloor, downFloor]) await child.stop();
  return results;
}
