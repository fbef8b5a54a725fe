// Runs before `npm start` and `npm test`, on whatever Node is there: installs what the lock file names and builds what
// is stale. Does next to nothing when both are done.
'use strict';
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const installed = path.join(root, 'node_modules', '.aqueduct-installed');
const built = path.join(root, 'packages', 'cli', 'dist', '.built');
const sources = [
  ...['contract', 'client', 'server'].flatMap((name) => [
    `packages/${name}/src`,
    `packages/${name}/package.json`,
  ]),
  'packages/cli/src',
  'packages/cli/package.json',
  'extensions',
  'tsconfig.json',
  'packages/web/src',
  'packages/web/build',
  'packages/web/index.html',
  'packages/web/vite.config.ts',
  'docs',
  'examples/README.md',
  'packages/client/README.md',
  'scripts/build.mjs',
  'scripts/build-web.mjs',
];

const SLOW_AFTER_MS = 90_000;
const SLOW_INSTALLATION =
  'npm is not done yet. On a slow line that is all; or it waits for its registry: "npm ping" tells whether that can be ' +
  'reached, "npm config set proxy" names a proxy.';

let child;
// npm goes on with its work when it is interrupted, and the next `npm start` would meet it in the same folder.
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.once(signal, () => {
    child?.kill('SIGKILL');
    process.exit(status);
  });
}
prepare();

async function prepare() {
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (read(installed) !== lock) {
    requireWritable('.', 'node_modules', 'packages/web', 'packages/web/node_modules');
    console.log('Installing what Aqueduct needs (once; about half a minute) …');
    // npm says nothing while it tries again and again.
    const slow = setTimeout(() => console.log(SLOW_INSTALLATION), SLOW_AFTER_MS);
    await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]);
    clearTimeout(slow);
    fs.writeFileSync(installed, lock);
  }
  const state = createHash('sha256').update(lock).update(stateOf(sources)).digest('hex');
  if (read(built) !== state) {
    requireBuildablePath();
    requireWritable(...['cli', 'server', 'web'].flatMap(placesOfBuild), 'packages/web/node_modules');
    console.log('Building …');
    const own = path.join(root, 'node_modules', '.bin', 'node');
    await run(fs.existsSync(own) ? own : process.execPath, ['scripts/build.mjs']);
    fs.writeFileSync(built, state);
  }
}

/** Ends with a sentence where what builds the web interface would take the rest of the path for no part of it. */
function requireBuildablePath() {
  if (!/[#?]/.test(root)) return;
  console.error(`Aqueduct can't be built in ${root}: move the clone to a path without "#" and "?".`);
  process.exit(1);
}

/** What is built of a package, and the folder that it is put into. */
function placesOfBuild(name) {
  const folder = `packages/${name}`;
  return [folder, ...['dist', 'dist-assets'].map((built) => `${folder}/${built}`)];
}

/** Ends with a sentence where one of these folders is there but can't be changed, as by another user than the clone's. */
function requireWritable(...folders) {
  for (const folder of folders.map((name) => path.join(root, name)).filter((name) => fs.existsSync(name))) {
    try {
      fs.accessSync(folder, fs.constants.W_OK);
    } catch (error) {
      console.error(
        `Aqueduct has to be installed and built first, which this user can't in ${folder} (${error.code}). Let the ` +
          `user to whom the clone belongs run "node scripts/prepare.cjs" in ${root}.`,
      );
      process.exit(1);
    }
  }
}

/** Names, sizes and times of all files that are built: a change of any of them is a change of the build. */
function stateOf(places) {
  const found = [];
  const visit = (place) => {
    if (/\/(\.|node_modules$|__pycache__$)[^/]*$/.test(place)) return;
    const full = path.join(root, place);
    const stat = fs.statSync(full);
    if (stat.isDirectory()) for (const name of fs.readdirSync(full).sort()) visit(`${place}/${name}`);
    else if (!place.endsWith('.test.ts')) found.push(`${place} ${stat.size} ${stat.mtimeMs}`);
  };
  for (const place of places) visit(place);
  return found.join('\n');
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function run(command, args) {
  return new Promise((resolve) => {
    child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.once('error', (error) => {
      console.error(`"${command}" could not be started: ${error.message}`);
      process.exit(1);
    });
    child.once('exit', (status) => (status === 0 ? resolve() : process.exit(status || 1)));
  });
}
