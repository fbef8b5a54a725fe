import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** How long the server keeps a connection behind an answer, though it promises longer. */
const KEPT_MS = 300;

const PROGRAM = `
const server = require('node:http').createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  request.resume().on('end', () => {
    response.end();
    setTimeout(() => request.socket.end(), ${KEPT_MS});
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** A server that closes connections while this process is too busy to see it. */
export async function closingServer(): Promise<string> {
  const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [port] = await once(child.stdout, 'data');
  return `http://127.0.0.1:${Number(port)}`;
}

/** A long calculation. The server has closed its connections when it is done. */
export function calculate(): void {
  const end = performance.now() + 3 * KEPT_MS;
  while (performance.now() < end);
}
