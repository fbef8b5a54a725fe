import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { API } from '../api.ts';
import { InvalidArgumentError, UnauthorizedError } from '../errors/errors.ts';
import type { ExtensionAction } from '../extensions/extension-action.ts';
import { sendJson } from '../testing/broken-server.ts';
import { beginStream, type Script, scriptedServer, sendEvent } from '../testing/scripted-server.ts';
import { chunk, extensions, taskIn } from '../testing/scripted-task.ts';
import type { Task } from './task.ts';

/** A task on a scripted server, and what that server was asked about it. */
async function taskOn(script: Script) {
  const { url, asked } = await scriptedServer({
    IdentifyTask: () => ({ task: taskIn('STARTED') }),
    ...script,
  });
  const task = await new API(url).getTask(taskIn('STARTED').uuid);
  asked.length = 0;
  return { task, asked, url };
}

async function sequencesOf(task: Task, options?: Parameters<Task['output']>[0]): Promise<number[]> {
  const found: number[] = [];
  for await (const { sequence } of task.output(options)) found.push(sequence);
  return found;
}

function sendChunks(response: ServerResponse, from: number, to: number): void {
  for (let i = from; i <= to; i += 1) sendEvent(response, 'next', { data: { taskOutput: chunk(i) } });
}

const nothingLeft = () => ({ task: { taskStatus: 'SUCCESS', output: [] } });

describe('execute', () => {
  const result = { returnCode: 0, stdout: 'a', stderr: '', logExperiment: '20240101-1', logFile: 'a.log' };
  const actionOn = async (execute: (response: ServerResponse) => void) => {
    const { url, asked } = await scriptedServer({
      ListExtensions: () => ({ extensions }),
      ExecuteAction: (_, response) => void execute(response),
    });
    return { action: await new API(url).getAction('Tools', 'fit'), asked };
  };

  test('is not cut while the server sends blanks, or halts for a moment', async () => {
    const { action, asked } = await actionOn(async (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      for (const pause of [200, 200, 200, 900, 200]) {
        response.write(' ');
        await sleep(pause);
      }
      response.end(JSON.stringify({ data: { executeExtension: result } }));
    });
    expect(await action.execute({ target: '20240101-1' })).toEqual(result);
    expect(asked.at(-1)?.variables).toEqual({
      extension: 'Tools',
      action: 'fit',
      params: [
        ['target', '20240101-1'],
        ['span', '1e6'],
      ],
    });
  });

  test('says that the action may run all the same when the line breaks', async () => {
    const { action } = await actionOn((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write(' ');
      setTimeout(() => response.destroy(), 50);
    });
    const executing = action.execute({ target: '20240101-1' });
    await expect(executing).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'CONNECTION_LOST' });
    await expect(executing).rejects.toThrow(
      /^Could not execute "fit" of "Tools" at http:.*The action may run all the same: api.getTasks\(\) tells.$/,
    );
  });

  test.each<[string, (action: ExtensionAction, task: Task) => Promise<unknown>]>([
    ['execute', (action) => action.execute({ target: '20240101-1' })],
    ['submit', (action) => action.submit({ target: '20240101-1' })],
    ['rerun', (_, task) => task.rerun()],
  ])('%s says it when the server takes the request and is gone', async (_, start) => {
    const gone = (_: unknown, { socket }: ServerResponse) => void socket?.destroy();
    const { url } = await scriptedServer({
      ListExtensions: () => ({ extensions }),
      IdentifyTask: () => ({ task: taskIn('SUCCESS') }),
      IdentifyExperiment: () => ({ experiment: taskIn('SUCCESS').experiment }),
      ExecuteAction: gone,
      SubmitAction: gone,
      RerunTask: gone,
    });
    const api = new API(url);
    const starting = start(await api.getAction('Tools', 'fit'), await api.getTask(taskIn('SUCCESS').uuid));
    await expect(starting).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'CONNECTION_LOST' });
    await expect(starting).rejects.toThrow('The action may run all the same: api.getTasks() tells.');
  });

  test('refuses wrong names before anything is sent', async () => {
    const { action, asked } = await actionOn(() => undefined);
    const before = asked.length;
    await expect(action.execute({})).rejects.toThrow(
      'The action "fit" of "Tools" needs a value for "target".',
    );
    await expect(action.submit({ goal: 1 })).rejects.toThrow(
      'The action "fit" of "Tools" has no parameter "goal".',
    );
    expect(asked.length).toBe(before);
  });
});

describe('output', () => {
  test('comes while it is printed', async () => {
    let goOn: (() => void) | undefined;
    const { task } = await taskOn({
      TaskOutput: (_, response) => {
        beginStream(response);
        sendChunks(response, 1, 2);
        goOn = () => {
          sendChunks(response, 3, 3);
          sendEvent(response, 'complete');
          response.end();
        };
        return undefined;
      },
      ReadTaskOutput: nothingLeft,
    });
    const found: object[] = [];
    for await (const piece of task.output()) {
      found.push(piece);
      // Only what is there can make the server go on.
      if (piece.sequence === 2) goOn?.();
    }
    const writtenAt = new Date('2024-01-01T00:00:02.000Z');
    expect(found).toEqual([
      { sequence: 1, stream: 'stdout', text: 'line 1\n', writtenAt },
      { sequence: 2, stream: 'stderr', text: 'line 2\n', writtenAt },
      { sequence: 3, stream: 'stdout', text: 'line 3\n', writtenAt },
    ]);
  });

  test('is not cut while the task is silent and the server says that it is there', async () => {
    const { task, asked } = await taskOn({
      TaskOutput: (_, response) => {
        beginStream(response);
        void (async () => {
          for (let i = 0; i < 3; i += 1) {
            response.write(': alive\n\n');
            await sleep(800);
          }
          sendChunks(response, 1, 1);
          sendEvent(response, 'complete');
          response.end();
        })();
        return undefined;
      },
      ReadTaskOutput: nothingLeft,
    });
    expect(await sequencesOf(task)).toEqual([1]);
    expect(asked.map(({ operation }) => operation)).toEqual(['TaskOutput', 'ReadTaskOutput']);
  });

  test('goes on where it was when the connection breaks, each time', async () => {
    const { task, asked } = await taskOn({
      TaskOutput: ({ after }, response) => {
        beginStream(response);
        const from = Number(after) + 1;
        sendChunks(response, from, from + 1);
        // In the middle of an event.
        response.write('event: next\ndata: {"data":{"taskOut');
        if (from < 13) setTimeout(() => response.destroy(), 20);
        else response.end();
        return undefined;
      },
      ReadTaskOutput: ({ after }) => ({
        task: {
          taskStatus: Number(after) < 14 ? 'STARTED' : 'SUCCESS',
          output: Number(after) < 14 ? [chunk(Number(after) + 1)] : [],
        },
      }),
    });
    expect(await sequencesOf(task)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    expect(asked.filter(({ operation }) => operation === 'TaskOutput').length).toBe(5);
  });

  test('is asked for where no stream comes through', async () => {
    let asks = 0;
    const { task } = await taskOn({
      TaskOutput: (_, response) =>
        void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Proxy</h1>'),
      ReadTaskOutput: ({ after }) => {
        const isOver = (asks += 1) > 3;
        return {
          task: {
            taskStatus: isOver ? 'SUCCESS' : 'STARTED',
            output: isOver ? [] : [chunk(Number(after) + 1)],
          },
        };
      },
    });
    expect(await sequencesOf(task)).toEqual([1, 2, 3]);
  });

  test('begins behind a number', async () => {
    const { task, asked } = await taskOn({
      TaskOutput: ({ after }, response) => {
        beginStream(response);
        sendChunks(response, Number(after) + 1, 9);
        sendEvent(response, 'complete');
        response.end();
        return undefined;
      },
      ReadTaskOutput: nothingLeft,
    });
    expect(await sequencesOf(task, { after: 7 })).toEqual([8, 9]);
    expect(asked[1]).toMatchObject({ operation: 'ReadTaskOutput', variables: { after: 9 } });
    expect(() => task.output({ after: -1 })).toThrow(InvalidArgumentError);
  });

  test('is let go of when the loop is left', async () => {
    const closed = Promise.withResolvers<void>();
    const { task } = await taskOn({
      TaskOutput: (_, response) => {
        beginStream(response);
        sendChunks(response, 1, 1);
        response.on('close', () => closed.resolve());
        return undefined;
      },
    });
    for await (const { sequence } of task.output()) if (sequence === 1) break;
    await closed.promise;
  });

  test.each<[string, Script['string'], object]>([
    [
      'a refusal inside of the stream',
      (_, response) => {
        beginStream(response);
        const errors = [{ message: 'No such task.', extensions: { code: 'NOT_FOUND' } }];
        sendEvent(response, 'next', { data: null, errors });
        response.end();
        return undefined;
      },
      { name: 'RemoteOperationError', code: 'NOT_FOUND', reason: 'No such task.' },
    ],
    [
      'a refusal instead of a stream',
      (_, response) => {
        sendJson(response, 200, { errors: [{ message: 'Too deep.', extensions: { code: 'BAD_INPUT' } }] });
        return undefined;
      },
      { name: 'RemoteOperationError', code: 'BAD_INPUT', reason: 'Too deep.' },
    ],
    [
      'a refusal by its status',
      (_, response) => {
        sendJson(response, 401, { detail: 'The token has ended.' });
        return undefined;
      },
      { name: 'UnauthorizedError', code: 'UNAUTHORIZED' },
    ],
  ])('%s ends it', async (_name, answer, expected) => {
    const { task, url } = await taskOn({ TaskOutput: answer });
    const failing = sequencesOf(task);
    await expect(failing).rejects.toMatchObject(expected);
    await expect(failing).rejects.toThrow(
      `Could not read the output of task ${task.uuid} ("fit" of "Tools") at ${url}: `,
    );
  });

  test('an aborted signal ends it with its reason, also between two connections', async () => {
    for (const isCut of [false, true]) {
      const { task } = await taskOn({
        TaskOutput: (_, response) => {
          beginStream(response);
          if (isCut) setTimeout(() => response.destroy(), 20);
          return undefined;
        },
        ReadTaskOutput: (_, response) => void response.destroy(),
      });
      const controller = new AbortController();
      const reason = new Error('enough');
      setTimeout(() => controller.abort(reason), 500);
      await expect(sequencesOf(task, { signal: controller.signal })).rejects.toBe(reason);
    }
  });
});

describe('wait', () => {
  const update = (response: ServerResponse, status: 'STARTED' | 'SUCCESS') =>
    sendEvent(response, 'next', { data: { taskUpdated: taskIn(status) } });

  test('gives what the task is when it has ended', async () => {
    const { task, asked } = await taskOn({
      TaskUpdated: (_, response) => {
        beginStream(response);
        update(response, 'STARTED');
        setTimeout(() => update(response, 'SUCCESS'), 900);
        return undefined;
      },
    });
    expect(await task.wait()).toMatchObject({
      uuid: task.uuid,
      eid: '20240101-1',
      taskStatus: 'SUCCESS',
      resultCode: 0,
      stdOut: 'out',
      endedAt: new Date('2024-01-01T00:00:02.000Z'),
    });
    expect(asked.length).toBe(1);
  });

  test('goes on through broken connections and a server that is not there', async () => {
    let tries = 0;
    const { task } = await taskOn({
      TaskUpdated: (_, response) => {
        if ((tries += 1) < 3) return void response.destroy();
        beginStream(response);
        update(response, 'STARTED');
        setTimeout(() => response.destroy(), 20);
        return undefined;
      },
      FetchTask: (_, response) => {
        if (tries === 1) return void sendJson(response, 503, { detail: 'Starting.' });
        return { task: taskIn(tries < 5 ? 'STARTED' : 'SUCCESS') };
      },
    });
    setTimeout(() => (tries = 5), 2000);
    expect((await task.wait()).taskStatus).toBe('SUCCESS');
  });

  test('gives up after its timeout, and says that the task goes on', async () => {
    const { task } = await taskOn({
      TaskUpdated: (_, response) => {
        beginStream(response);
        update(response, 'STARTED');
        return undefined;
      },
    });
    const waiting = task.wait({ timeout: 0.3 });
    await expect(waiting).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'TIMEOUT' });
    await expect(waiting).rejects.toThrow('It has not ended within 0.3 s, and goes on.');
    await expect(task.wait({ timeout: 0 })).rejects.toBeInstanceOf(InvalidArgumentError);
  });

  test('ends with the reason of a signal', async () => {
    const { task } = await taskOn({ TaskUpdated: (_, response) => void beginStream(response) });
    const reason = new Error('enough');
    await expect(task.wait({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    await expect(task.wait({ signal: controller.signal, timeout: 60 })).rejects.toBe(reason);
  });

  test('ends when the caller may no longer ask', async () => {
    const { task } = await taskOn({
      TaskUpdated: (_, response) => void sendJson(response, 401, { detail: 'The token has ended.' }),
    });
    await expect(task.wait()).rejects.toBeInstanceOf(UnauthorizedError);
  });
});
