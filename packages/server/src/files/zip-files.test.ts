import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { readZip } from '../testing/read-zip.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, temporaryFolder } from '../testing/test-database.ts';
import { deleteFiles } from './delete-files.ts';
import { onRead } from './file-steps.ts';
import { uploadFile } from './upload-file.ts';
import { zipFiles } from './zip-files.ts';

describe.each(databases)('a zip of files, on %s', (database) => {
  test('holds the chosen files under their names, byte by byte', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const files = new Map([
      ['messung-α 1.csv', Buffer.from('a,b\n1,2\n'.repeat(20_000))],
      ['image.png', randomBytes(200_000)],
      ['empty.txt', Buffer.alloc(0)],
      ['not chosen.bin', randomBytes(10)],
    ]);
    for (const [name, bytes] of files) await put(ctx, uuid, name, bytes);
    const read: string[] = [];
    onRead(async (_, version) => {
      if (version.experimentUuid === uuid) read.push(version.name);
    });

    const chosen = ['messung-α 1.csv', 'image.png', 'empty.txt'];
    const zip = await zipFiles(ctx, uuid, chosen);
    expect(zip.eid).toBe(eid);
    const bytes = await buffer(zip.bytes);
    expect(bytes.length).toBeLessThan(250_000);
    const entries = readZip(bytes);
    expect([...entries.keys()].toSorted()).toEqual(chosen.toSorted());
    for (const name of chosen) expect(sha256(entries.get(name))).toBe(sha256(files.get(name)));
    expect(read.toSorted()).toEqual(chosen.toSorted());

    expect(readZip(await buffer((await zipFiles(ctx, uuid, [])).bytes)).size).toBe(4);
    const checked = await checkWithPython(bytes);
    if (checked === undefined) console.log('No Python here: the zip is not checked with its zipfile.');
    else expect(checked).toEqual(chosen.toSorted());
  });

  test('is refused by name where a file is missing, and breaks off when one goes', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    await expect(zipFiles(ctx, uuid, [])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await put(ctx, uuid, 'a', randomBytes(5_000_000));
    await put(ctx, uuid, 'b', randomBytes(10));
    await expect(zipFiles(ctx, uuid, ['b', 'd', 'c'])).rejects.toThrow('File(s) not found - c and d');
    await expect(zipFiles(ctx, crypto.randomUUID(), [])).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const read: string[] = [];
    onRead(async (_, version) => {
      if (version.experimentUuid === uuid) read.push(version.name);
    });
    // Nobody reads it yet, so it waits in the middle of the first file.
    const { bytes } = await zipFiles(ctx, uuid, []);
    await deleteFiles(ctx, uuid, ['b']);
    await expect.poll(() => objectsOf(ctx)).toBe(1);
    await expect(buffer(bytes)).rejects.toThrow();
    expect(read).toEqual(['a']);
  });
});

async function put(ctx: Context, uuid: string, name: string, bytes: Buffer): Promise<void> {
  // A copy: the storage may free what it was given.
  const object = await ctx.storage.put(Readable.from([Buffer.from(bytes)]));
  await uploadFile(ctx, { uuid, name, object });
}

async function objectsOf(ctx: Context): Promise<number> {
  return (await Array.fromAsync(ctx.storage.list())).length;
}

function sha256(bytes: Buffer = Buffer.from('missing')): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The names that Python's zipfile finds, after it has checked every entry; undefined without Python. */
async function checkWithPython(zip: Buffer): Promise<string[] | undefined> {
  const file = join(await temporaryFolder(), 'x.zip');
  await writeFile(file, zip);
  const script =
    'import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps(sorted(z.namelist())))';
  const answer = await promisify(execFile)('python3', ['-c', script, file]).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return answer && JSON.parse(answer.stdout);
}
