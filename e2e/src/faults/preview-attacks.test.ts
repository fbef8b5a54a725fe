import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { ATTACKS } from '../web/attacks/all-attacks.ts';
import { type Outcome, withstand } from '../web/attacks/withstand.ts';
import { isFull } from './how-often.ts';

// As on desktops, where frames without our origin have processes of their own; a headless one saves them.
const browser = await startChromium(['--site-per-process']);
if (typeof browser === 'string') console.warn(`Attacks by previews are not tried: ${browser}`);

const attacks = ATTACKS.filter(({ isLong = false }) => isFull || !isLong);
if (attacks.length < ATTACKS.length)
  console.log(`${ATTACKS.length - attacks.length} long attacks are left to \`npm run test:faults\`.`);

/** All but that of sound and film, which the browser itself plays. */
const VIEWERS = [
  ...['Contents', 'Data', 'Details', 'HDF5', 'Image', 'Log', 'Markdown', 'Notebook'],
  ...['NumPy', 'Page', 'PDF', 'Plot', 'Source', 'Tables', 'Text', 'Tree'],
];

describe.skipIf(typeof browser === 'string')('files that mean harm', { timeout: 180_000 }, () => {
  let server: ServerProcess;
  const outcomes: Outcome[] = [];
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    const slowest = Math.max(...outcomes.map(({ slowestMs }) => slowestMs));
    const shown = outcomes.reduce((sum, { viewers }) => sum + viewers.length, 0);
    console.log(
      `${outcomes.length} attacks in ${shown} views: the page answered within ${Math.round(slowest)} ms`,
    );
    await server.stop();
    await (browser as Browser).close();
  });

  test('there are many of them', () => expect(ATTACKS.length).toBeGreaterThan(60));

  // Each waits for an own page and for little else: several run beside each other.
  test.concurrent.each(attacks)('$what ($file)', async (attack) => {
    outcomes.push(await withstand(browser as Browser, server.url, attack));
  });

  test('all viewers were tried', () => {
    const tried = [...new Set(outcomes.flatMap(({ viewers }) => viewers))];
    expect(tried).toEqual(expect.arrayContaining(VIEWERS));
  });
});
