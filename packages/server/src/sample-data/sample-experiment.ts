import { ARCHIVED_TAG } from '@aqueduct/contract';

const FIRST_DAY_MS = Date.UTC(2021, 0, 1);
const A_DAY = 500;
const MICROSECONDS_PER_DAY = 86_400_000_000;
/** What the UUIDs of sample experiments begin with; their number follows, in hexadecimal. */
export const SAMPLE_UUID_START = '00000000-0000-4000-8000-';

const KINDS = [
  'Rabi oscillation',
  'Ramsey fringes',
  'T1 decay',
  'Hahn echo',
  'Resonator sweep',
  'Two-tone spectroscopy',
  'Readout fidelity',
];
const PLACES = [
  'at 20 mK',
  'after warm-up',
  'with new wiring',
  'on chip B7',
  'overnight',
  'at the sweet spot',
];

/** Experiment number i (from 0) of the sample data: always the same. */
export function sampleExperiment(i: number) {
  const dayNumber = Math.floor(i / A_DAY);
  const number = i % A_DAY;
  const day = new Date(FIRST_DAY_MS + dayNumber * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const kind = KINDS[i % KINDS.length];
  const archived: 0 | 1 = i % 20 === 13 ? 1 : 0;
  return {
    uuid: `${SAMPLE_UUID_START}${i.toString(16).padStart(12, '0')}`,
    day,
    number: number + 1,
    eid: `${day}-${number + 1}`,
    title: `${kind} of qubit ${i % 50} ${PLACES[i % PLACES.length]} m42x${String(i % 100).padStart(2, '0')}`,
    description: `# ${kind}\n\nSetup ${i % 20}, run ${i % 200}. Power **${(i % 31) - 40} dBm**, ${(i % 9) + 1}000 averages.`,
    createdAt:
      FIRST_DAY_MS * 1000 + dayNumber * MICROSECONDS_PER_DAY + number * (MICROSECONDS_PER_DAY / A_DAY),
    archived,
    tags: [`qubit-${i % 50}`, `setup/${i % 20}`, `run/${i % 200}`, ...(archived ? [ARCHIVED_TAG] : [])],
  };
}
