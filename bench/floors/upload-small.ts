// Floor of small uploads: a file that appears complete or not at all, and survives a power cut.
import { createHash, randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { serve } from './serve.ts';

const [, , folder = '.'] = process.argv;

serve(async (request, response) => {
  const bytes = await buffer(request);
  const body = createHash('sha256').update(bytes).digest('hex');
  const name = randomUUID();
  const file = await open(join(folder, `${name}.part`), 'wx');
  await file.write(bytes);
  await file.sync();
  await file.close();
  await rename(join(folder, `${name}.part`), join(folder, name));
  const parent = await open(folder, 'r');
  await parent.sync();
  await parent.close();
  response.writeHead(200, { 'content-length': body.length });
  response.end(body);
});
