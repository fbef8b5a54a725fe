import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { createExperiment } from '../load/ask.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { createBody, formUpload, getRequest, plainUpload } from '../load/requests.ts';
import { upload } from '../load/upload.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import { startFloor } from '../processes/start-floor.ts';
import { type Measured, oursAtMost, ratioAtLeast } from '../result.ts';

const MIB = 1024 * 1024;
const NAME = 'large.bin';
/** The old client waits no longer after its last byte. */
const PATIENCE_MS = 500;

/** One large file, up and down. */
export async function measureLargeFiles(bench: Bench): Promise<Measured[]> {
  const { largeFile } = bench.options;
  const folder = bench.newFolder();
  const ours = await startAqueduct(bench.newFolder());
  const uuid = await createExperiment(ours.port, createBody('Large files'));

  const floor = await startFloor('upload', folder);
  const up = await bench.inTurns(
    'uploads of a large file',
    () => upload(floor.port, largeFile, plainUpload(largeFile)),
    () => upload(ours.port, largeFile, formUpload(uuid, NAME, largeFile)),
  );
  await floor.stop();

  await writeFile(join(folder, NAME), largeFile);
  const downFloor = await startFloor('download', folder);
  const down = await bench.inTurns(
    'downloads of a large file',
    () => download(downFloor.port, `/${NAME}`, largeFile),
    () => download(ours.port, `/api/files/${uuid}/${NAME}`, largeFile),
  );
  await downFloor.stop();
  await ours.stop();

  const size = `${largeFile / MIB} MiB`;
  const rate = ({ seconds }: { seconds: number }) => largeFile / MIB / seconds;
  const tail = ({ afterLastByte }: { afterLastByte: number }) => afterLastByte * 1000;
  return [
    {
      name: `upload of ${size}`,
      unit: 'MiB/s',
      floor: up.floor.map(rate),
      ours: up.ours.map(rate),
      target: ratioAtLeast(1.2),
    },
    {
      name: '  from the last byte to the answer',
      unit: 'ms',
      floor: up.floor.map(tail),
      ours: up.ours.map(tail),
      target: oursAtMost(PATIENCE_MS),
    },
    { name: `download of ${size}`, unit: 'MiB/s', ...down, target: ratioAtLeast(0.85) },
  ];
}

/** Downloads a file and gives MiB/s. */
async function download(port: number, path: string, size: number): Promise<number> {
  const connection = await HttpConnection.open(port);
  const started = performance.now();
  const { status, length } = await connection.send(getRequest(path));
  const seconds = (performance.now() - started) / 1000;
  connection.close();
  if (status !== 200 || length !== size)
    throw new Error(`The download of ${path} was answered with ${status}.`);
  return size / MIB / seconds;
}

async function writeFile(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  const chunk = randomBytes(MIB);
  for (let left = size; left > 0; left -= MIB) await file.write(chunk, 0, Math.min(left, MIB));
  await file.close();
}
