import { once } from 'node:events';
import { freePort } from '../start-server.ts';

const MIB = 1024 * 1024;
const MEASURE = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())';

interface Inspected {
  readonly id: number;
  readonly result: { result?: { value: number } };
}

/** Lets a server tell how much of its memory is in use, which the memory of its process does not. */
export async function inspectable() {
  const port = await freePort();
  return {
    env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` },
    /** After a collection of garbage, in MiB. */
    async liveMemory(): Promise<number> {
      const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
        webSocketDebuggerUrl: string;
      }[];
      const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
      await once(socket, 'open');
      const ask = async (id: number, method: string, params = {}) => {
        socket.send(JSON.stringify({ id, method, params }));
        const [event] = (await once(socket, 'message')) as [{ data: string }];
        return JSON.parse(event.data) as Inspected;
      };
      await ask(1, 'HeapProfiler.collectGarbage');
      const { result } = await ask(2, 'Runtime.evaluate', { expression: MEASURE });
      socket.close();
      await once(socket, 'close');
      return (result.result?.value ?? Number.NaN) / MIB;
    },
  };
}
