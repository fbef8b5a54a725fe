import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { temporaryFolder } from '@aqueduct/server/testing';

const SYSTEM = ['/usr/bin/firefox', '/usr/bin/firefox-esr'];

/** A Firefox, spoken to in WebDriver BiDi: playwright-core needs a build of its own. */
export interface Firefox {
  /** Opens an address in its only tab, and waits until it is loaded. */
  open(url: string): Promise<void>;
  /** What an expression gives in the page, its promise awaited; only texts come back. The page's policy does not bind it. */
  evaluate(expression: string): Promise<string>;
  /** What pages wrote as errors and warnings, or threw. */
  readonly complaints: string[];
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly level: string; readonly text: string };
  readonly result?: Record<string, unknown>;
  readonly message?: string;
}

/** Starts the Firefox of the system; a sentence where there is none. */
export async function startFirefox(): Promise<Firefox | string> {
  const path = SYSTEM.find((candidate) => existsSync(candidate));
  if (path === undefined) return `There is no Firefox here (${SYSTEM.join(', ')}).`;
  const profile = await temporaryFolder();
  const child = spawn(path, ['--headless', '--remote-debugging-port=0', '--profile', profile], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const socket = new WebSocket(`${await addressOf(child.stderr)}/session`);
  await once(socket, 'open');

  const waiting = new Map<number, (message: Message) => void>();
  const complaints: string[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message: Message = JSON.parse(String(data));
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else if (message.method === 'log.entryAdded' && /error|warn/.test(message.params?.level ?? ''))
      complaints.push(message.params?.text ?? '');
  });
  let id = 0;
  async function send<Result>(method: string, params: object): Promise<Result> {
    id += 1;
    socket.send(JSON.stringify({ id, method, params }));
    const { result, message } = await new Promise<Message>((resolve) => waiting.set(id, resolve));
    if (!result) throw new Error(`${method}: ${message}`);
    return result as Result;
  }

  await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['log.entryAdded'] });
  const { contexts } = await send<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
  const context = contexts[0]?.context;
  return {
    complaints,
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send<{
        result?: { value: string };
        exceptionDetails?: { text: string };
      }>('script.evaluate', { expression, target: { context }, awaitPromise: true });
      if (!result) throw new Error(exceptionDetails?.text);
      return result.value;
    },
    async close() {
      socket.close();
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Where it listens, which it prints. */
async function addressOf(output: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += chunk.toString();
    const address = /listening on (ws:\S+)/.exec(text)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`Firefox ended:\n${text}`);
}
