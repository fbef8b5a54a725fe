import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { ScriptServer } from '../tasks/script-server.ts';

const TASKS = 20_000;

/** Adds tasks that have ended to those of the only experiment. */
function addTasks(dataDir: string): void {
  const db = new Sqlite(join(dataDir, 'aqueduct.db'));
  db.exec(`with recursive n (i) as (select 1 union all select i + 1 from n where i < ${TASKS})
    insert into task (id, uuid, experiment_id, extension_name, action_name, parameters_json, script, created_by,
      received_at, status, is_blocking, is_narrowed, packages_json, server_version)
    select i, '00000000-0000-4000-8000-' || (100000000000 + i), experiment.id, 'Fit', 'run', '[]', 'true',
      experiment.created_by, i, 'SUCCESS', 0, 0, '[]', '' from n, experiment`);
  db.close();
}

/** Follows a task to its end, with more of each state; gives what came. */
async function follow(selection: string) {
  const running = await ScriptServer.start({ waits: 'sleep 2' });
  addTasks(running.server.dataDir);
  const uuid = await running.submit('waits');
  const answer = await fetch(`${running.url}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({
      query: `subscription { taskUpdated(taskId: "${uuid}") { taskStatus ${selection} } }`,
    }),
  });
  const text = await answer.text();
  return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json = '']) => JSON.parse(json));
}

/** Values under many names: `a0: uuid a1: uuid …`. */
const uuids = (count: number) => Array.from({ length: count }, (_, i) => `a${i}: uuid`).join(' ');

test('each event of a subscription may hold as much as an answer', async () => {
  // Two of them hold more than one answer may.
  const events = await follow(`experiment { tasks { ${uuids(50)} } }`);
  expect(events.length).toBeGreaterThanOrEqual(2);
  for (const { data } of events) expect(data.taskUpdated.experiment.tasks).toHaveLength(TASKS + 1);
  expect(events.at(-1).data.taskUpdated.taskStatus).toBe('SUCCESS');
});

test('an event that would hold more is refused, and the next ones come', async () => {
  const events = await follow(`experiment { tasks { ${uuids(900)} } }`);
  expect(events.length).toBeGreaterThanOrEqual(2);
  for (const { data, errors } of events) {
    expect(data).toBeNull();
    expect(errors).toEqual([
      {
        message: expect.stringContaining('This asks for more than one answer may hold.'),
        extensions: { code: 'BAD_INPUT', requestId: expect.any(String) },
      },
    ]);
  }
});
