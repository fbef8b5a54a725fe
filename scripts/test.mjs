// All checks, one after the other: `npm test`. The last line counts the tests. With --faults: the
// faults in full, or the share of it that AQUEDUCT_FAULTS says.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const faults = process.argv.includes('--faults');
const checks = [
  ['types', 'tsc', ['--noEmit']],
  ['types of the web interface', 'tsc', ['-p', 'packages/web']],
  ['lint', 'biome', ['check', '--error-on-warnings']],
  ['generated code', 'node', ['scripts/generate.mjs', '--check']],
];

let failed = 0;
if (!faults) {
  for (const [name, command, args] of checks) {
    const start = performance.now();
    const isFine = run(command, args);
    console.log(
      `${isFine ? 'ok' : 'FAILED'}: ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
    );
    if (!isFine) failed += 1;
  }
}

// All that the tests make, some 2 GB, goes with this folder; the user that PostgreSQL runs as must reach its own there.
const folder = mkdtempSync(join(tmpdir(), 'aqueduct-test-'));
chmodSync(folder, 0o755);
const report = join(folder, 'report.json');
// Ctrl-C ends vitest, too; the folder goes then.
process.on('SIGINT', () => undefined);
const vitest = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...(faults ? ['e2e/src/faults/', 'e2e/src/tasks/'] : []),
];
const passed = run('vitest', vitest, {
  TMPDIR: folder,
  ...(faults ? { AQUEDUCT_FAULTS: process.env.AQUEDUCT_FAULTS ?? '1' } : {}),
});
const told = readReport();
try {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
} catch (error) {
  console.log(`What the tests made could not all be removed: ${error.message}`);
}
console.log('');
if (!told) {
  console.log(
    'There is no report of the tests: vitest ended before it wrote one. What it said stands above.',
  );
  process.exit(1);
}
const { success, numPassedTests, numFailedTests, numPendingTests } = told;
console.log(
  `${numPassedTests + (faults ? 0 : checks.length - failed)} passed, ${numFailedTests + failed} failed` +
    (numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''),
);
// Something that a test loads may end the process with a status of its own; the report knows.
process.exitCode = passed && success && failed === 0 ? 0 : 1;

/** Undefined where there is none, or only its beginning. */
function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return undefined;
  }
}

function run(command, args, env = {}) {
  // npm has put the project's own programs on the path.
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}
