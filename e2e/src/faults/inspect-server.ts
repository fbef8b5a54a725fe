import { once } from 'node:events';
import { freePort } from '../start-server.ts';

const MIB = 1024 * 1024;
const MEMORY_IN_USE = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())';
const WATCH_LOOP = `(globalThis.loopDelay = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({
  resolution: 10 })).enable()`;
const LOOP_P99 = 'globalThis.loopDelay.percentile(99)';

/** Asks a server about its inside. */
export interface Inspection {
  /** For the server to start with. */
  readonly env: Readonly<Record<string, string>>;
  /** Memory in use after a collection of garbage, in MiB: what a process holds tells less. */
  liveMemory(): Promise<number>;
  /** Begins to watch how late the event loop comes to its timers; gives what tells the 99th percentile, in ms. */
  watchLoop(): Promise<() => Promise<number>>;
}

/** Prepares for a server that can be asked: Node's inspector, at a free port. */
export async function inspection(): Promise<Inspection> {
  const port = await freePort();
  const evaluate = async (expression: string) => {
    const answer = await ask(port, 'Runtime.evaluate', { expression });
    return (answer.result?.value as number | undefined) ?? Number.NaN;
  };
  return {
    env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` },
    async liveMemory() {
      await ask(port, 'HeapProfiler.collectGarbage');
      return (await evaluate(MEMORY_IN_USE)) / MIB;
    },
    async watchLoop() {
      await evaluate(WATCH_LOOP);
      return async () => (await evaluate(LOOP_P99)) / 1e6;
    },
  };
}

interface InspectorAnswer {
  readonly result?: { readonly value?: unknown };
}

async function ask(port: number, method: string, params = {}): Promise<InspectorAnswer> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  socket.send(JSON.stringify({ id: 1, method, params }));
  const [event] = (await once(socket, 'message')) as [{ data: string }];
  socket.close();
  await once(socket, 'close');
  return (JSON.parse(event.data) as { result: InspectorAnswer }).result;
}
