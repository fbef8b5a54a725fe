import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { listBody } from '../load/requests.ts';
import type { Child } from '../processes/child.ts';
import { proportionalMemory } from '../processes/memory.ts';
import { startAqueduct } from '../processes/start-aqueduct.ts';
import { startFloor } from '../processes/start-floor.ts';
import { type Measured, oursAtMost } from '../result.ts';

const MOST_MEMORY_MB = 80;
const MOST_START_MS = 800;
/** What the start leaves to do is done by then. */
const SETTLED_MS = 1500;

/** The start until a list is answered, and the memory then; beside a bare Node server, to know the machine. */
export async function measureStart(bench: Bench): Promise<Measured[]> {
  const dataDir = bench.newFolder();
  const watch = async (start: () => Promise<Child>, first: (port: number) => Promise<unknown>) => {
    const before = performance.now();
    const child = await start();
    await first(child.port);
    const ms = performance.now() - before;
    await sleep(SETTLED_MS);
    const memory = proportionalMemory(child.pid);
    await child.stop();
    return { ms, memory };
  };
  const { floor, ours } = await bench.inTurns(
    'starts',
    () =>
      watch(
        () => startFloor('bytes', 100),
        (port) => fetch(`http://127.0.0.1:${port}`),
      ),
    () =>
      watch(
        () => startAqueduct(dataDir),
        (port) => ask(port, listBody(10, 0)),
      ),
  );
  return [
    {
      name: 'start to the first list, against bare Node',
      unit: 'ms',
      floor: floor.map(({ ms }) => ms),
      ours: ours.map(({ ms }) => ms),
      target: oursAtMost(MOST_START_MS),
    },
    {
      name: 'memory (PSS) after the start, against bare Node',
      unit: 'MB',
      floor: floor.map(({ memory }) => memory),
      ours: ours.map(({ memory }) => memory),
      target: oursAtMost(MOST_MEMORY_MB),
    },
  ];
}
