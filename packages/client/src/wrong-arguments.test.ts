import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { API } from './api.ts';
import { InvalidArgumentError } from './errors/errors.ts';
import type { Experiment } from './experiment.ts';
import type { ExtensionAction } from './extensions/extension-action.ts';
import type { Task } from './tasks/task.ts';
import { scriptedServer } from './testing/scripted-server.ts';
import { extensions, taskIn } from './testing/scripted-task.ts';

interface Subjects {
  readonly api: API;
  readonly experiment: Experiment;
  readonly action: ExtensionAction;
  readonly task: Task;
}

/** What no type allows, but JavaScript does. */
// biome-ignore lint/suspicious/noExplicitAny: that is the point.
type Untyped = any;

/** Every method with its right arguments, and then its options. */
const methods: [string, (subjects: Subjects, options: Untyped) => unknown][] = [
  ['new API', ({ api }, o) => new API(api.url, o)],
  ['createExperiment', ({ api }, o) => api.createExperiment('t', 'd', o)],
  ['findExperiments', ({ api }, o) => api.findExperiments(o)],
  ['experiments', ({ api }, o) => api.experiments(o)],
  ['getExperimentByEid', ({ api }, o) => api.getExperimentByEid('20240101-1', o)],
  ['getExperimentByUuid', ({ api, task }, o) => api.getExperimentByUuid(task.uuid, o)],
  ['removeExperimentByEid', ({ api }, o) => api.removeExperimentByEid('20240101-1', o)],
  ['getExtensions', ({ api }, o) => api.getExtensions(o)],
  ['getAction', ({ api }, o) => api.getAction('Tools', 'fit', o)],
  ['getTask', ({ api, task }, o) => api.getTask(task.uuid, o)],
  ['getTasks', ({ api }, o) => api.getTasks(o)],
  ['fetch', ({ experiment }, o) => experiment.fetch(o)],
  ['setTitle', ({ experiment }, o) => experiment.setTitle('t', o)],
  ['setDescription', ({ experiment }, o) => experiment.setDescription('d', o)],
  ['update', ({ experiment }, o) => experiment.update({ title: 't' }, o)],
  ['addTags', ({ experiment }, o) => experiment.addTags(['a'], o)],
  ['removeTag', ({ experiment }, o) => experiment.removeTag('a', o)],
  ['uploadFile', ({ experiment }, o) => experiment.uploadFile(new Blob([]), o)],
  ['downloadFile', ({ experiment }, o) => experiment.downloadFile('a', '.', o)],
  ['readFile', ({ experiment }, o) => experiment.readFile('a', o)],
  ['removeFiles', ({ experiment }, o) => experiment.removeFiles(['a'], o)],
  ['execute', ({ action }, o) => action.execute({ target: '20240101-1' }, o)],
  ['submit', ({ action }, o) => action.submit({ target: '20240101-1' }, o)],
  ['task.fetch', ({ task }, o) => task.fetch(o)],
  ['wait', ({ task }, o) => task.wait(o)],
  ['output', ({ task }, o) => task.output(o)],
  ['cancelTask', ({ task }, o) => task.cancelTask(o)],
  ['rerun', ({ task }, o) => task.rerun({}, o)],
];

/** Something of everything, and what their server is asked. */
async function makeSubjects() {
  const { url, asked } = await scriptedServer({
    IdentifyExperiment: () => ({ experiment: taskIn('STARTED').experiment }),
    IdentifyTask: () => ({ task: taskIn('STARTED') }),
    ListExtensions: () => ({ extensions }),
  });
  const api = new API(url);
  const subjects: Subjects = {
    api,
    experiment: await api.getExperimentByEid('20240101-1'),
    action: await api.getAction('Tools', 'fit'),
    task: await api.getTask(taskIn('STARTED').uuid),
  };
  asked.length = 0;
  return { subjects, asked };
}

async function expectRefusal(call: () => unknown, message: string) {
  const refused = (async () => call())();
  await expect(refused, message).rejects.toBeInstanceOf(InvalidArgumentError);
  await expect(refused).rejects.toThrow(message);
}

test.each(methods)('%s refuses wrong options by a sentence, with nothing sent', async (name, call) => {
  const { subjects, asked } = await makeSubjects();
  for (const [options, shown] of [
    [null, 'null'],
    [10, '10'],
    ['x', '"x"'],
    [['qubit-3'], 'a list'],
    [new Map(), 'an object (Map)'],
    [() => 1, '() => 1'],
  ]) {
    await expectRefusal(() => call(subjects, options), `: … }, not ${shown}.`);
    await expectRefusal(() => call(subjects, options), 'options must be an object like { ');
  }
  const unknown = 'options must not have "singal". Known are ';
  await expectRefusal(() => call(subjects, { singal: 5 }), unknown);
  const known = name === 'new API' ? '"timeout", "token".' : '"signal".';
  await expectRefusal(() => call(subjects, { singal: undefined }), known);
  if (name !== 'new API') {
    await expectRefusal(() => call(subjects, { signal: 5 }), 'signal must be an AbortSignal');
    await expectRefusal(() => call(subjects, { signal: null }), 'not null.');
  }
  expect(asked).toEqual([]);
});

test.each<[string, (subjects: Subjects) => unknown, string]>([
  ['tags', ({ api }) => api.createExperiment('t', 'd', { tags: null } as Untyped), 'tags must be a list'],
  ['search', ({ api }) => api.findExperiments({ search: null } as Untyped), 'search must be a text'],
  ['limit', ({ api }) => api.getTasks({ limit: 0 }), 'limit must be a whole number from 1 on, not 0.'],
  ['after', ({ task }) => task.output({ after: -1 }), 'after must be a whole number from 0 on, not -1.'],
  ['wait', ({ task }) => task.wait({ timeout: 0 }), 'timeout must be seconds above 0'],
  [
    'startDatetime',
    ({ api }) => api.getTasks({ startDatetime: null } as Untyped),
    'startDatetime must be a valid',
  ],
  [
    'a name',
    ({ experiment }) => experiment.uploadFile('a', { name: null } as Untyped),
    'null can not be the name',
  ],
  [
    'onProgress of an upload',
    ({ experiment }) => experiment.uploadFile(new Blob(['x']), { name: 'a', onProgress: 5 } as Untyped),
    'onProgress must be a function, not 5.',
  ],
  [
    'onProgress of a download',
    ({ experiment }) => experiment.downloadFile('a', '.', { onProgress: 5 } as Untyped),
    'onProgress must be a function, not 5.',
  ],
  [
    'a key in two lines',
    ({ api }) => api.createExperiment('t', 'd', { idempotencyKey: 'a\nb' }),
    'idempotencyKey must be one line of ASCII characters without blanks around it, like a UUID, not "a\\nb".',
  ],
  ['a key with a blank', ({ api }) => api.createExperiment('t', 'd', { idempotencyKey: 'a ' }), 'not "a ".'],
  ['an empty key', ({ api }) => api.createExperiment('t', 'd', { idempotencyKey: '' }), 'must not be empty'],
  [
    'an experiment',
    ({ action }) => action.submit({}, { experiment: 'x' } as Untyped),
    'needs a value for "target"',
  ],
  [
    'an EID as experiment',
    ({ action }) => action.submit({ target: 'x' }, { experiment: '20240101-1' } as Untyped),
    'experiment must be an Experiment, as api.getExperimentByEid gives it, not "20240101-1".',
  ],
  [
    'an experiment as parameters',
    ({ action, experiment }) => action.execute(experiment as Untyped),
    'parameters must be an object of names and values, not an object (Experiment).',
  ],
  [
    'NUL in a path',
    ({ experiment }) => experiment.uploadFile('a\0b'),
    'path must not have the character NUL',
  ],
  ['NUL in a URL', ({ experiment }) => experiment.uploadFile(new URL('file:///a%00b')), 'path must not have'],
  [
    'a URL of elsewhere',
    ({ experiment }) => experiment.uploadFile(new URL('file://host/a')),
    'Only files of this',
  ],
  [
    'NUL in a folder',
    ({ experiment }) => experiment.downloadFile('a', 'b\0c'),
    'destinationDir must not have',
  ],
  [
    'a name as a text',
    ({ experiment }) => experiment.removeFiles('a' as Untyped),
    'names must be a list of texts',
  ],
  [
    'no changes',
    ({ experiment }) => (experiment as Untyped).update(),
    'changes must be an object like { title: … }',
  ],
  [
    'a text as changes',
    ({ experiment }) => experiment.update('x' as Untyped),
    'changes must be an object like',
  ],
  [
    'a misspelt change',
    ({ experiment }) => experiment.update({ tilte: 'x' } as Untyped),
    'changes must not have "tilte". Known are "title", "description", "clear", "version".',
  ],
  [
    'a change of nothing',
    ({ experiment }) => experiment.update({}),
    'changes must have a title, a description or',
  ],
  ['a version alone', ({ experiment }) => experiment.update({ version: 1 }), 'changes must have a title'],
  [
    'what to clear',
    ({ experiment }) => experiment.update({ clear: 'title' } as Untyped),
    'clear must be a list like',
  ],
])('%s is refused where it is wrong', async (_what, call, message) => {
  const { subjects, asked } = await makeSubjects();
  await expectRefusal(() => call(subjects), message);
  expect(asked).toEqual([]);
});

test('options may be undefined, of any realm, and have undefined values', async () => {
  const api = new API('http://localhost:8000', undefined);
  expect(new API(api.url, { timeout: undefined }).timeout).toBe(0.5);
  expect(new API(api.url, Object.assign(Object.create(null), { timeout: 2 })).timeout).toBe(2);
  expect(new API(api.url, runInNewContext('({ timeout: 3 })')).timeout).toBe(3);
});
