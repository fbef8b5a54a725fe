// Sample data: npm run populate -- --data-dir DIR --count N [--database-url URL]
import { parseArgs } from 'node:util';
import { loadConfig, populateInstallation } from '@aqueduct/server';

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, 'database-url': { type: 'string' }, count: { type: 'string' } },
});
const count = Number(values.count);
if (!Number.isInteger(count) || count < 0) {
  console.error('Say how many experiments there shall be: npm run populate -- --data-dir DIR --count 1000');
  process.exit(2);
}
const flags = { dataDir: values['data-dir'], databaseUrl: values['database-url'] };
const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
const { config } = loadConfig({ env: process.env, flags: given, cwd: process.cwd() });
const started = performance.now();
await populateInstallation(config, count, (done) => {
  if (done % 50_000 === 0) console.log(`${done} experiments`);
});
console.log(`${count} experiments after ${((performance.now() - started) / 1000).toFixed(1)} s`);
