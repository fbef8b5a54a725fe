// Starts programs for the server: see launcher.ts. Ends with the server, whatever becomes of it.
import { codeOf } from '../storage/code-of.ts';
import type { LauncherReport, LauncherRequest } from './launcher-messages.ts';
import { ProgramPipes } from './program-pipes.ts';
import { type OutputTaker, startCommand, type TakerAnswer } from './start-command.ts';

/** Pieces of a stream that may be on their way to the server; each has 64 KiB at most. */
const MOST_UNDERWAY = 8;

interface Flow {
  underway: number;
  answer: TakerAnswer;
  go: ((answer: TakerAnswer) => void) | undefined;
}

const pipes = new ProgramPipes();
pipes.prepare();

const flows = new Map<string, Flow>();

process.on('message', (request: LauncherRequest) => {
  if (request.type === 'start') void start(request);
  else {
    const flow = flows.get(`${request.id} ${request.stream}`);
    if (!flow) return;
    flow.underway -= 1;
    flow.answer ??= request.answer;
    flow.go?.(flow.answer);
  }
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches all programs of a terminal; the server says when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

async function start({ id, command }: Extract<LauncherRequest, { type: 'start' }>): Promise<void> {
  try {
    const take: OutputTaker = (stream, bytes) => {
      const key = `${id} ${stream}`;
      const flow = flows.get(key) ?? { underway: 0, answer: undefined, go: undefined };
      flows.set(key, flow);
      if (flow.answer === 'enough') return 'enough';
      flow.underway += 1;
      report({ type: 'output', id, stream, bytes });
      if (flow.underway < MOST_UNDERWAY) return undefined;
      return new Promise((resolve) => {
        flow.go = resolve;
      });
    };
    const { pid, ended } = await startCommand(command, take, pipes);
    report({ type: 'started', id, pid });
    report({ type: 'ended', id, code: await ended });
    for (const stream of [1, 2]) flows.delete(`${id} ${stream}`);
  } catch (error) {
    report({
      type: 'failed',
      id,
      message: error instanceof Error ? error.message : String(error),
      code: codeOf(error),
    });
  }
}

function report(message: LauncherReport): void {
  process.send?.(message);
}
