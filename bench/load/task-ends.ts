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
 * cores busy on which the task runs.
 */
export class TaskEnds {
  readonly #closing = new AbortController();
  readonly #ended = new Map<string, EndedTask>();
  #wake: (() => void) | undefined;

  static async open(port: number): Promise<TaskEnds> {
    const ends = new TaskEnds();
    const answer = await fetch(`http://127.0.0.1:${port}/api/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: WATCH }),
      signal: ends.#closing.signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`The server answered ${answer.status}.`);
    void ends.#listen(answer.body).catch(() => undefined);
    return ends;
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
    this.#closing.abort();
  }

  async #listen(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      const events = (text + piece).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) this.#note(/^data: (.+)$/m.exec(event)?.[1]);
      this.#wake?.();
    }
  }

  #note(data: string | undefined): void {
    const task = data && (JSON.parse(data) as { data?: { taskUpdated: EndedTask } }).data?.taskUpdated;
    if (task && /^(SUCCESS|FAILURE|REVOKED)$/.test(task.taskStatus)) this.#ended.set(task.uuid, task);
  }
}
