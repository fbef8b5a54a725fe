import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** A task that has ended, as the stream tells it. */
export interface EndedTask {
  readonly uuid: string;
  readonly taskStatus: string;
  readonly receivedAt: string;
  readonly startedAt: string;
}

const WATCH = 'subscription { taskUpdated { uuid taskStatus receivedAt startedAt } }';

/**
 * Hears how tasks end, on the stream on which the web interface hears it: asking again and again would keep the two
 * cores busy on which the task runs, and so does `fetch`, more than the server.
 */
export class TaskEnds {
  readonly #stream: IncomingMessage;
  readonly #ended = new Map<string, EndedTask>();
  #wake: (() => void) | undefined;

  private constructor(stream: IncomingMessage) {
    this.#stream = stream;
    let text = '';
    stream.setEncoding('utf8').on('data', (piece: string) => {
      const events = (text + piece).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) this.#note(/^data: (.+)$/m.exec(event)?.[1]);
      this.#wake?.();
    });
    stream.on('error', () => undefined);
  }

  static async open(port: number): Promise<TaskEnds> {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const asked = request({ host: '127.0.0.1', port, path: '/api/graphql', method: 'POST', headers });
    asked.end(JSON.stringify({ query: WATCH }));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`The server answered ${answer.statusCode}.`);
    return new TaskEnds(answer);
  }

  /** Resolves when a task has succeeded. */
  async success(uuid: string): Promise<EndedTask> {
    for (;;) {
      const task = this.#ended.get(uuid);
      if (task?.taskStatus === 'SUCCESS') return task;
      if (task) throw new Error(`A task ended as ${task.taskStatus}.`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#stream.destroy();
  }

  #note(data: string | undefined): void {
    const task = data && (JSON.parse(data) as { data?: { taskUpdated: EndedTask } }).data?.taskUpdated;
    if (task && /^(SUCCESS|FAILURE|REVOKED)$/.test(task.taskStatus)) this.#ended.set(task.uuid, task);
  }
}
