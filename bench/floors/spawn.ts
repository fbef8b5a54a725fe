// Floor of a task: starts its script from a small process, and answers in how many milliseconds it had ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { serve } from './serve.ts';

const [, , cwd = '.', script = 'true'] = process.argv;

serve(async (request, response) => {
  request.resume();
  const begun = performance.now();
  await once(spawn('sh', ['-c', script], { cwd, stdio: ['ignore', 'pipe', 'pipe'] }), 'close');
  response.end(String(performance.now() - begun));
});
