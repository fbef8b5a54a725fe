import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { databases } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { create, graphql, upload } from '../graphql-client.ts';
import { append, begin } from '../uploads/tus.ts';
import { sha256 } from '../verify-installation.ts';
import { ScriptServer } from './script-server.ts';

/** What an extension does through the API, with its own token, without any library. */
const PROGRAM = `
const { AQUEDUCT_URL: url, api_token: token, experiment } = process.env;
const headers = { authorization: 'Bearer ' + token, 'content-type': 'application/json' };
const ask = async (query, variables) => {
  const answer = await fetch(url + 'api/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return (await answer.json());
};
const one = 'query ($v: String!) { experiment(experimentIdentifier: {type: EID, value: $v}) { uuid } }';
const all = '{ experiments(offset: 0, limit: 50) { totalExperimentsCount } }';
const { data } = await ask(one, { v: experiment });
const place = url + 'api/files/' + data.experiment.uuid;
const authorization = headers.authorization;
const read = await (await fetch(place + '/data.csv', { headers: { authorization } })).text();
const form = new FormData();
form.append('file', new Blob([read.toUpperCase()]), 'x');
await fetch(place, { method: 'POST', headers: { authorization, file_name: 'result.txt' }, body: form });
console.log(JSON.stringify({ others: await ask(all), token, second: await ask(one, { v: process.argv[2] }),
  created: await ask('mutation { createExperiment(createExperimentInput: {title: "new", description: "", tags: []}) { eid } }') }));
`;

const PROVENANCE = `query ($t: UUID!) { task(taskId: $t) {
  inputs { eid experimentUuid name size sha256 given readAt }
  outputs { eid experimentUuid name size sha256 uploadedAt }
  environment { script extensionHash interpreter packages serverVersion }
  rerunOf { uuid } viewerCanCancel startedAt createdBy parameters { value }
} }`;

interface Provenance {
  task: {
    inputs: { name: string; given: boolean; readAt: string | null }[];
    outputs: object[];
    environment: { extensionHash: string; script: string };
    rerunOf: { uuid: string } | null;
    viewerCanCancel: boolean;
  };
}

async function withProgram(running: ScriptServer): Promise<void> {
  await writeFile(join(running.folder, 'program.mjs'), PROGRAM);
}

describe.each(databases)('on %s', (database) => {
  test('a task remembers what it was given, read, wrote and ran in, and runs again', async () => {
    const script = `${process.execPath} program.mjs none >&2`;
    const running = await ScriptServer.start({ works: script }, { database });
    await withProgram(running);
    const { uuid: experimentUuid, eid } = running.experiment;
    const data = Buffer.from('t,v\n1,2\n');
    await upload(running.url, experimentUuid, 'data.csv', data);
    const uuid = await running.submit('works');
    const ended = await running.end(uuid);
    expect(ended.taskStatus, ended.stdErr ?? '').toBe('SUCCESS');

    const known = (await graphql<Provenance>(running.url, PROVENANCE, { t: uuid })).data?.task;
    const version = { eid, experimentUuid, name: 'data.csv', size: data.length, sha256: sha256(data) };
    expect(known?.inputs).toEqual([{ ...version, given: false, readAt: expect.any(String) as string }]);
    const result = Buffer.from('T,V\n1,2\n');
    expect(known?.outputs).toEqual([
      {
        eid,
        experimentUuid,
        name: 'result.txt',
        size: result.length,
        sha256: sha256(result),
        uploadedAt: expect.any(String) as string,
      },
    ]);
    expect(known?.environment).toMatchObject({
      script,
      extensionHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(known?.viewerCanCancel).toBe(false);

    const files = await graphql<{ experiment: { files: object[] } }>(
      running.url,
      'query ($u: String!) { experiment(experimentIdentifier: {type: UUID, value: $u}) { files { name producedBy { uuid actionName } } } }',
      { u: experimentUuid },
    );
    expect(files.data?.experiment.files).toEqual([
      { name: 'data.csv', producedBy: null },
      { name: 'result.txt', producedBy: { uuid, actionName: 'works' } },
    ]);

    await writeFile(join(running.folder, 'more.txt'), 'changes the hash');
    const again = await graphql<{ rerunTask: { uuid: string } }>(
      running.url,
      'mutation ($t: UUID!) { rerunTask(taskId: $t) { uuid } }',
      { t: uuid },
    );
    const second = again.data?.rerunTask.uuid ?? '';
    expect((await running.end(second)).taskStatus).toBe('SUCCESS');
    const repeated = (await graphql<Provenance>(running.url, PROVENANCE, { t: second })).data?.task;
    expect(repeated?.rerunOf).toEqual({ uuid });
    expect(repeated?.environment.extensionHash).not.toBe(known?.environment.extensionHash);

    const other = await create(running.url, 'another');
    await upload(running.url, other.uuid, 'data.csv', data);
    const moved = await graphql<{ rerunTask: { experiment: { eid: string } } }>(
      running.url,
      'mutation ($t: UUID!, $o: [[String!]!]) { rerunTask(taskId: $t, overrides: $o) { experiment { eid } } }',
      { t: uuid, o: [['experiment', other.eid]] },
    );
    expect(moved.data?.rerunTask.experiment.eid).toBe(other.eid);
  });

  test('a narrowed token is good for the experiments among the parameters; no token outlives its task', async () => {
    const running = await ScriptServer.start(
      { works: `${process.execPath} program.mjs "$(cat other)"` },
      { database, more: 'access: parameters' },
    );
    await withProgram(running);
    const other = await create(running.url, 'not among the parameters');
    await writeFile(join(running.folder, 'other'), other.eid);
    await upload(running.url, running.experiment.uuid, 'data.csv', Buffer.from('x'));
    // The token is blotted out of the output, so it goes out by another way.
    await writeFile(
      join(running.folder, 'program.mjs'),
      `${PROGRAM}
      import { writeFileSync } from 'node:fs'; writeFileSync('token', token);`,
    );
    const ended = await running.end(await running.submit('works'));
    expect(ended.taskStatus, ended.stdErr ?? '').toBe('SUCCESS');
    const told = JSON.parse(ended.stdOut ?? '') as {
      token: string;
      others: { data: { experiments: { totalExperimentsCount: number } } };
      second: { errors: { message: string }[] };
      created: { errors: { extensions: { code: string } }[]; code?: string };
    };
    expect(told.token).toBe('***');
    expect(told.others.data.experiments.totalExperimentsCount).toBe(1);
    expect(told.second.errors[0]?.message).toContain('Non-existing experiment');
    expect(told.created.errors[0]?.extensions.code).toBe('FORBIDDEN');

    const token = await readFile(join(running.folder, 'token'), 'utf8');
    const late = await graphql(
      running.url,
      '{ getCurrentUserInfo { username } }',
      {},
      { authorization: `Bearer ${token}` },
    );
    expect(late.status).toBe(401);
  });
});

test.each(databases)('what began with the token of a task ends with the task, on %s', async (database) => {
  const running = await ScriptServer.start(
    { waits: 'printf %s "$api_token" > token.new; mv token.new token; sleep 60' },
    { database },
  );
  const uuid = await running.submit('waits');
  const read = () => readFile(join(running.folder, 'token'), 'utf8').catch(() => '');
  await expect.poll(read, { timeout: 20_000 }).not.toBe('');
  const authorization = `Bearer ${await read()}`;

  const place = `${running.url}/api/files/${running.experiment.uuid}`;
  const slowly = new PassThrough();
  slowly.write('--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nbegun');
  const uploaded = fetch(place, {
    method: 'POST',
    headers: { authorization, 'x-file-name': 'late.txt', 'content-type': 'multipart/form-data; boundary=x' },
    body: Readable.toWeb(slowly) as ReadableStream,
    duplex: 'half',
  });
  const metadata = { filename: 'later.txt', experiment: running.experiment.uuid };
  const begun = await begin(running.url, 4, metadata, { headers: { authorization } });
  const inPieces = new PassThrough();
  inPieces.write('beg');
  const address = new URL(begun.headers.get('location') ?? '', begun.url).href;
  const appended = append(address, 0, Readable.toWeb(inPieces) as ReadableStream, { authorization });
  const watched = await fetch(`${running.url}/api/graphql`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { taskUpdated { uuid taskStatus } }' }),
  });
  const events = watched.text().catch(() => 'broken off');

  await running.cancel(uuid);
  expect((await running.end(uuid)).taskStatus).toBe('REVOKED');
  slowly.end('\r\n--x--\r\n');
  inPieces.end('n');
  for (const refused of [await uploaded, await appended]) {
    expect(refused.status).toBe(401);
    expect(await refused.text()).toContain('has ended meanwhile');
  }
  expect(await events).toBe('broken off');
  const { data } = await graphql<{ experiment: { files: object[] } }>(
    running.url,
    'query ($u: String!) { experiment(experimentIdentifier: {type: UUID, value: $u}) { files { name } } }',
    { u: running.experiment.uuid },
  );
  expect(data?.experiment.files).toEqual([]);
});

test('the environment of a script is built from nothing', async () => {
  const running = await ScriptServer.start(
    { shows: 'env | cut -d= -f1 | sort | tr "\\n" " "' },
    {
      env: {
        SECRET_OF_THE_SERVER: 'x',
        LC_ALL: 'C',
        WANTED: 'y',
        AQUEDUCT_TASK_ENV: 'WANTED',
        NODE_OPTIONS: '',
      },
    },
  );
  const { stdOut } = await running.end(await running.submit('shows'));
  expect(stdOut?.trim().split(' ')).toEqual(
    expect.arrayContaining(['API_TOKEN', 'AQUEDUCT_URL', 'PATH', 'WANTED', 'aqueduct_url', 'experiment']),
  );
  expect(stdOut).not.toMatch(/SECRET|DATABASE_URL|AQUEDUCT_DATA|NODE_/);
});
