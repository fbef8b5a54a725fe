// Simulates the measurement of a Rabi oscillation and keeps it as an experiment. Run it beside a running server:
//   npm run rabi --workspace examples            (or with an address behind it: -- http://localhost:8000)
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API } from '@aqueduct/client';
import { encode } from 'fast-png';
import { File as Hdf5File, ready as hdf5Ready } from 'h5wasm/node';

const SHOTS = 500;
/** MHz */
const RABI_FREQUENCY = 5.1;
/** Microseconds */
const DECAY = 1.2;
const times = Array.from({ length: 201 }, (_, i) => i * 0.005);
const detunings = Array.from({ length: 81 }, (_, i) => (i - 40) * 0.3);

/** How often the qubit is found excited after a pulse: theory, decay, and the noise of counting. */
function measure(time: number, detuning: number): number {
  const frequency = Math.hypot(RABI_FREQUENCY, detuning);
  const amplitude = (RABI_FREQUENCY / frequency) ** 2 / 2;
  const probability = amplitude * (1 - Math.exp(-time / DECAY) * Math.cos(2 * Math.PI * frequency * time));
  let excited = 0;
  for (let shot = 0; shot < SHOTS; shot++) if (Math.random() < probability) excited += 1;
  return excited / SHOTS;
}

/** The frequency whose oscillation lies closest to the measured one. */
function fitFrequency(measured: readonly number[]): number {
  const misfit = (frequency: number) =>
    times.reduce((sum, time, i) => {
      const expected = (1 - Math.exp(-time / DECAY) * Math.cos(2 * Math.PI * frequency * time)) / 2;
      return sum + ((measured[i] ?? 0) - expected) ** 2;
    }, 0);
  const candidates = Array.from({ length: 1001 }, (_, i) => i / 100);
  return candidates.reduce((best, candidate) => (misfit(candidate) < misfit(best) ? candidate : best));
}

/** A map of the probabilities, from dark blue to yellow, four pixels for each value. */
function drawMap(rows: readonly (readonly number[])[]): Uint8Array {
  const scale = 4;
  const width = times.length * scale;
  const height = rows.length * scale;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? 0;
      data.set([40 + 215 * value, 30 + 190 * value, 110 - 80 * value], (y * width + x) * 3);
    }
  }
  return encode({ width, height, data, channels: 3, depth: 8 });
}

async function writeHdf5(path: string, rows: readonly (readonly number[])[]): Promise<void> {
  await hdf5Ready;
  const file = new Hdf5File(path, 'w');
  const probability = Float64Array.from(rows.flat());
  file.create_dataset({ name: 'probability', data: probability, shape: [rows.length, times.length] });
  const axes = [
    { name: 'time', values: times, unit: 'us' },
    { name: 'detuning', values: detunings, unit: 'MHz' },
  ];
  for (const { name, values, unit } of axes) {
    file.create_dataset({ name, data: Float64Array.from(values) }).create_attribute('unit', unit);
  }
  file.close();
}

// Without a timeout, 0.5 s of silence end a request.
const api = new API(process.argv[2] ?? 'http://localhost:8000', { timeout: 30 });
const folder = await mkdtemp(join(tmpdir(), 'rabi-'));
try {
  const resonant = times.map((time) => measure(time, 0));
  const map = detunings.map((detuning) => times.map((time) => measure(time, detuning)));
  const frequency = fitFrequency(resonant);

  const csv = times.map((time, i) => `${time.toFixed(3)},${resonant[i]}`);
  await writeFile(join(folder, 'rabi.csv'), `time_us,probability\n${csv.join('\n')}\n`);
  await writeFile(
    join(folder, 'fit.json'),
    JSON.stringify({ rabi_frequency_mhz: frequency, shots: SHOTS }, null, 2),
  );
  await writeFile(join(folder, 'chevron.png'), drawMap(map));
  await writeHdf5(join(folder, 'chevron.h5'), map);

  const experiment = await api.createExperiment(
    'Rabi oscillation of qubit 3',
    `Simulated, ${SHOTS} shots a point. The fit gives **${frequency} MHz**.`,
    { tags: ['rabi', 'simulated'] },
  );
  await experiment.addTags(['qubit-3']);
  for (const name of ['rabi.csv', 'fit.json', 'chevron.png', 'chevron.h5']) {
    await experiment.uploadFile(join(folder, name));
  }
  console.log(`${api.url}/aqd/experiments/${experiment.eid}`);
} finally {
  await rm(folder, { recursive: true });
}
