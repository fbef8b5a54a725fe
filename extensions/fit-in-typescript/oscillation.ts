// Fits a decaying oscillation to a table of an experiment.
import { parse } from 'node:path';
import { API } from '@aqueduct/client';
import { draw } from './draw.ts';
import { fitOscillation } from './fit-oscillation.ts';
import { readTable } from './read-table.ts';

// Parameters come as environment variables; the client finds its token in API_TOKEN by itself. Its timeout is 0.5 s
// where none is given.
const { aqueduct_url = '', experiment: eid = '', table = '', plot } = process.env;
const experiment = await new API(aqueduct_url, { timeout: 30 }).getExperimentByEid(eid);
const read = readTable(await (await experiment.readFile(table)).text());
if (!read) {
  console.error(`${table} is no table of numbers with a line of names above them.`);
  process.exit(1);
}
const { names, x, y } = read;
console.log(`${x.length} points of ${table}`);

const fit = fitOscillation(x, y);
for (const [name, value] of Object.entries(fit)) console.log(`${name} = ${value.toPrecision(5)}`);

const { residual, ...parameters } = fit;
const result = {
  model: 'offset + amplitude * exp(-x / decay) * cos(2 pi frequency x + phase)',
  x: names[0],
  y: names[1],
  ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }])),
  residual,
};
const stem = parse(table).name;
await experiment.uploadFile(new Blob([JSON.stringify(result, null, 2)]), { name: `${stem}-fit.json` });
if (plot === '1') {
  await experiment.uploadFile(new Blob([draw(x, y, fit, names)]), { name: `${stem}-fit.svg` });
}
