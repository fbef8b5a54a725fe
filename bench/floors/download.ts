// Floor of downloads: streams the file of the address from a folder.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from './serve.ts';

const [, , folder = '.'] = process.argv;

serve(async (request, response) => {
  request.resume();
  const path = join(folder, request.url ?? '');
  response.writeHead(200, { 'content-length': (await stat(path)).size });
  createReadStream(path).pipe(response);
});
