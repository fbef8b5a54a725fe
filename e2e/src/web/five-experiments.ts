import { graphql, upload } from '../graphql-client.ts';

/** Points of each curve. */
const POINTS = 400;

/** An experiment of five that belong together. */
export interface Sample {
  readonly eid: string;
  readonly uuid: string;
  readonly title: string;
}

/** Makes five measurements of the same kind, which differ in tags, parameters and files. */
export async function fiveExperiments(url: string): Promise<readonly Sample[]> {
  const made: Sample[] = [];
  for (const i of [0, 1, 2, 3, 4]) {
    const title = `Rabi oscillation of qubit ${i < 3 ? 3 : 4}, drive at ${4.5 + i / 100} GHz`;
    const tags = ['rabi', 'setup/1', ...(i < 3 ? ['qubit-3'] : ['qubit-4']), ...(i === 4 ? ['repeat'] : [])];
    const description = i === 2 ? 'After the new attenuator.' : 'Power sweep at the **sweet spot**.';
    const { uuid, eid } = await make(url, { title, description, tags });
    const files: Record<string, string> = {
      'parameters.json': JSON.stringify({
        device: { name: 'chip-7', qubits: [{ frequency: 4.5 + i / 100, t1: 31.5 }] },
        pulse: { shape: 'gaussian', sigma: 20, amplitude: i < 3 ? 0.4 : 0.5 },
        averages: i === 3 ? '1000' : 1000,
        ...(i === 4 ? { note: 'cooled down again' } : {}),
      }),
      'setup.yaml': `rate: 2.5\nfilter: ${i === 1 ? 'on' : 'off'}\nchannels: [1, 2]\n`,
      'fridge.yml': 'temperature: 0.012\n',
      'sweep.csv': sweep(i, i === 3 ? 'power' : 'signal'),
      ...(i === 4 ? {} : { 'readme.md': '# Rabi\n' }),
      ...(i === 2 ? { 'after.log': 'new attenuator\n' } : {}),
    };
    for (const [name, text] of Object.entries(files))
      await upload(url, uuid, name, new TextEncoder().encode(text));
    made.push({ eid, uuid, title });
  }
  return made;
}

async function make(url: string, i: object): Promise<{ uuid: string; eid: string }> {
  const query =
    'mutation ($i: ExperimentCreateInput!) { createExperiment(createExperimentInput: $i) { uuid eid } }';
  const { data, errors } = await graphql<{ createExperiment: { uuid: string; eid: string } }>(url, query, {
    i,
  });
  if (!data) throw new Error(JSON.stringify(errors));
  return data.createExperiment;
}

function sweep(i: number, last: string): string {
  const rows = Array.from({ length: POINTS }, (_, n) => {
    const t = n / 10 + i / 50;
    const reference = 0.5 + 0.4 * Math.cos(t / (3 + i / 4)) * Math.exp(-t / 30);
    return `${t.toFixed(3)},${reference.toFixed(5)},${(i + 1 + reference / 5).toFixed(5)}`;
  });
  return `time,population,${last}\n${rows.join('\n')}\n`;
}
