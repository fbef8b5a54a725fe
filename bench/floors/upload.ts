// Floor of large uploads: writes the body of each request into a file and hashes it, one after the other, as durable
// as ours.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from './serve.ts';

const [, , folder = '.'] = process.argv;

serve(async (request, response) => {
  const hash = createHash('sha256');
  const file = await open(join(folder, 'floor.bin'), 'w');
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    await file.write(chunk);
  }
  await file.sync();
  await file.close();
  const body = hash.digest('hex');
  response.writeHead(200, { 'content-length': body.length });
  response.end(body);
});
