// Floor of the lists: answers so many bytes from memory.
import { serve } from './serve.ts';

const body = Buffer.alloc(Number(process.argv[2]), 'x');

serve((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});
