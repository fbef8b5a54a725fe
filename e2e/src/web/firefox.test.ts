import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserScript } from '../client/browser-script.ts';
import { type Firefox, startFirefox } from '../firefox.ts';
import { create, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { hdf5OfLength } from './make-hdf5.ts';
import { databaseFile } from './sample-files/database.ts';
import { pdfDocument } from './sample-files/pdf-document.ts';

const firefox = await startFirefox();
if (typeof firefox === 'string') console.warn(`Nothing is tested in Firefox: ${firefox}`);

const PATIENCE = { timeout: 20_000, interval: 100 };

describe.skipIf(typeof firefox === 'string')('in Firefox', () => {
  const { open, evaluate, complaints, close } = firefox as Firefox;
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await close();
    await server.stop();
  });

  /** Expects that a text comes into sight. */
  const see = (text: string) =>
    expect.poll(() => evaluate('document.body.innerText'), PATIENCE).toContain(text);

  test('the list, and files that need workers and WebAssembly', { timeout: 120_000 }, async () => {
    const { uuid, eid } = await create(server.url, 'Rabi oscillation');
    const files = [
      { name: 'p.csv', bytes: new TextEncoder().encode('t,p\n0,0.125\n'), seen: '0.125' },
      { name: 'p.pdf', bytes: pdfDocument(['This is a page']), seen: 'This is a page' },
      {
        name: 'p.db',
        bytes: await databaseFile(`CREATE TABLE a (x); INSERT INTO a VALUES ('in a cell')`),
        seen: 'in a cell',
      },
      { name: 'p.h5', bytes: await hdf5OfLength(3), seen: 'Please select another entity' },
    ];
    for (const { name, bytes } of files) await upload(server.url, uuid, name, bytes);
    await open(server.url);
    await see('Rabi oscillation');
    for (const { name, seen } of files) {
      await open(`${server.url}/aqd/experiments/${eid}?file=${name}`);
      await see(seen);
    }
    expect(complaints).toEqual([]);
  });

  test('the client has all members of an experiment', async () => {
    await open(server.url);
    // A Firefox that has just begun has more to do.
    const used = `inBrowser.useExperiment(${JSON.stringify(server.url)}, { timeout: 20 })`;
    const result = await evaluate(
      `(() => { ${await browserScript()} return ${used}.then(JSON.stringify) })()`,
    );
    expect(JSON.parse(result)).toMatchObject({
      read: ['Ramsey', 'second', ['b', 'c']],
      blob: ['text/plain; charset=utf-8', 'abc'],
      left: ['Größe 1.txt'],
      files: expect.arrayContaining([
        ['c.txt', 6],
        ['d.txt', 9],
      ]),
    });
  });
});
