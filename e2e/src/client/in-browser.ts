import { API, type ApiOptions, AqueductError, type Progress } from '@aqueduct/client';

/** Runs in a page of a browser. Every function returns plain data. */

/** Each member of the API, once. */
export async function useApi(url: string) {
  const api = new API(url);
  const made = await api.createExperiment('Rabi ΔΩ', 'in Chromium', { tags: ['browser'] });
  await api.createExperiment('Ramsey', '', { tags: ['browser'], idempotencyKey: made.uuid });
  const all: string[] = [];
  for await (const experiment of api.experiments({ tags: ['browser'], pageSize: 1 }))
    all.push(await experiment.title);
  const found = await api.findExperiments({ search: 'rabi', startDatetime: made.createdAt });
  const second = await api.createExperiment('to remove', '');
  await api.removeExperimentByEid(second.eid);
  return {
    url: api.url,
    timeout: api.timeout,
    all,
    found: found.map(({ eid }) => eid === made.eid),
    byEid: (await api.getExperimentByEid(made.eid)).uuid === made.uuid,
    byUuid: (await api.getExperimentByUuid(made.uuid)).eid === made.eid,
    removed: await codeOf(api.getExperimentByEid(second.eid)),
    createdAt: made.createdAt.getTime() === Date.parse(made.createdAtExact),
  };
}

/** Each member of an experiment, once. */
export async function useExperiment(url: string, options: ApiOptions = {}) {
  const experiment = await new API(url, options).createExperiment('Rabi', 'first', { tags: ['a'] });
  await experiment.setTitle('Ramsey');
  await experiment.setDescription('second');
  await experiment.addTags(['b', 'c']);
  await experiment.removeTag('a');
  const read = [await experiment.title, await experiment.description, await experiment.tags];
  const { version } = await experiment.update({ title: 'Echo', clear: ['description'] });
  const { title, description } = await experiment.fetch();
  await experiment.uploadFile(new Blob(['abc']), { name: 'Größe 1.txt' });
  await experiment.uploadFile(new File(['{}'], 'b.json'));
  await experiment.uploadFile(new Blob(['stream']).stream(), { name: 'c.txt' });
  await experiment.uploadFile(generated(), { name: 'd.txt' });
  const files = (await experiment.files).map(({ name, size }) => [name, size]);
  const blob = await experiment.readFile('Größe 1.txt');
  await experiment.removeFiles(['b.json', 'c.txt', 'd.txt']);
  return {
    read,
    updated: [title, description, (await experiment.fetch()).version === version],
    updatedAt: (await experiment.updatedAt) >= experiment.createdAt,
    files,
    blob: [blob.type, await blob.text()],
    left: (await experiment.files).map(({ name }) => name),
    download: await codeOf(experiment.downloadFile('Größe 1.txt', '.')),
    path: await codeOf(experiment.uploadFile('/etc/hosts')),
  };
}

/** The code and the status of what fails at an address. */
export async function failAt(url: string): Promise<[code: string, status: string]> {
  const error: unknown = await new API(url).getExperimentByEid('20240101-1').catch((failure) => failure);
  return error instanceof AqueductError ? [error.code, String(error.status)] : [String(error), ''];
}

/** A large file, there and back. */
export async function moveLargeFile(url: string, bytes: number) {
  const experiment = await new API(url).createExperiment('large', '');
  const up: Progress[] = [];
  const down: Progress[] = [];
  await experiment.uploadFile(new Blob([new Uint8Array(bytes).fill(7)]), {
    name: 'large.bin',
    onProgress: (progress) => up.push(progress),
  });
  const blob = await experiment.readFile('large.bin', { onProgress: (progress) => down.push(progress) });
  return { size: blob.size, steps: [up.length, down.length], ends: [up.at(-1), down.at(-1)] };
}

/** A file that is too large to be compared, and how much of it had come when it was refused. */
export async function readTooLarge(url: string, eid: string) {
  const experiment = await new API(url).getExperimentByEid(eid);
  let bytes = 0;
  const onProgress = (progress: Progress) => void (bytes = progress.bytes);
  return [await codeOf(experiment.readFile('giant.bin', { onProgress })), bytes];
}

/** A file that breaks off, another one of its name, size and time that breaks off, too, and that one again. */
export async function resume(url: string, bytes: number) {
  const experiment = await new API(url, { timeout: 20 }).createExperiment('resumed', '');
  const upload = (byte: number) => {
    const file = new File([new Uint8Array(bytes).fill(byte)], 'data.bin', { lastModified: 1000 });
    return codeOf(experiment.uploadFile(file, { resumableFrom: 1, retryFor: 0 }));
  };
  const codes = [await upload(1), await upload(2), await upload(2)];
  const stored = new Uint8Array(await (await experiment.readFile('data.bin')).arrayBuffer());
  return { codes, isWhole: stored.length === bytes && stored.every((byte) => byte === 2) };
}

/** Each member of extensions, actions and tasks, once. */
export async function useTasks(url: string) {
  const api = new API(url);
  const target = await api.createExperiment('tasks in Chromium', '');
  const names = (await api.getExtensions()).map(({ name }) => name);
  const both = await api.getAction('Wire types', 'both');
  const { returnCode, stdout, stderr } = await both.execute({ target });
  const wait = await api.getAction('Wire types', 'wait');
  // Longer than the timeout of 0.5 s.
  const slow = await wait.execute({ target, seconds: 2 });
  const task = await wait.submit({ target, seconds: 100 });
  const lines: string[] = [];
  const states: string[] = [];
  for await (const { stream, text } of task.output()) {
    lines.push(`${stream}: ${text}`);
    states.push(await task.taskStatus);
    await task.cancelTask();
  }
  const { taskStatus, stdOut } = await task.wait();
  const again = await task.rerun({ seconds: 0 });
  const late = await (await task.rerun({ seconds: 30 }))
    .wait({ timeout: 0.2 })
    .catch((error: unknown) => error);
  return {
    names,
    both: [returnCode, stdout, stderr],
    slow: slow.stdout,
    lines,
    states,
    cancelled: [taskStatus, stdOut],
    again: (await again.wait()).stdOut,
    late: late instanceof AqueductError && late.code,
    found: (await api.getTasks({ experimentUuid: target.uuid })).map(({ actionName }) => actionName),
    got: (await api.getTask(task.uuid)).receivedAtExact === task.receivedAtExact,
    refused: await codeOf(wait.execute({ target, seconds: 'soon' })),
    missing: await codeOf(wait.execute({ target })),
  };
}

/** Waits for more tasks than a page has connections to a server, and ends them meanwhile. */
export async function waitForMany(url: string) {
  const api = new API(url);
  const target = await api.createExperiment('many in Chromium', '');
  const wait = await api.getAction('Wire types', 'wait');
  const tasks = [];
  for (let i = 0; i < 10; i += 1) tasks.push(await wait.submit({ target, seconds: 100 }));
  const waits = tasks.map((task) => task.wait());
  for (const task of tasks) while ((await task.taskStatus) === 'PENDING');
  await target.setTitle('all of them run');
  for (const task of tasks) await task.cancelTask();
  return (await Promise.all(waits)).map(({ taskStatus }) => taskStatus);
}

/** How long lines take from a task to a page: each is printed 300 ms after the one before. */
export async function watchLines(url: string) {
  const api = new API(url);
  const experiment = await api.createExperiment('lines in Chromium', '');
  const task = await (await api.getAction('Test actions', 'count')).submit({
    experiment,
    lines: 8,
    pause: 0.3,
  });
  const statesAtLines: string[] = [];
  let text = '';
  for await (const chunk of task.output()) {
    if (chunk.stream === 'stdout') text += chunk.text;
    statesAtLines.push(await task.taskStatus);
  }
  return { text, wasLive: statesAtLines.filter((state) => state === 'STARTED').length };
}

/** What goes wrong, by its code. */
export async function fail(url: string, nowhere: string) {
  const api = new API(url);
  const experiment = await api.createExperiment('fails', '');
  await experiment.uploadFile(new Blob(['x']), { name: 'there' });
  const reason = new Error('enough');
  const controller = new AbortController();
  const aborted = experiment.uploadFile(new Blob([new Uint8Array(50_000_000)]), {
    name: 'a',
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  const thrown = experiment.uploadFile(new Blob([new Uint8Array(50_000_000)]), {
    name: 'a',
    onProgress: () => {
      throw reason;
    },
  });
  const read = new Blob(['x']).stream();
  await new Response(read).text();
  const stopped = new AbortController();
  const silent = experiment.uploadFile(new ReadableStream<Uint8Array>(), {
    name: 'a',
    signal: stopped.signal,
  });
  stopped.abort(reason);
  async function* failing() {
    yield new Uint8Array(1);
    throw new Error('detector gone');
  }
  const rejecting = () => new Promise((_, reject) => setTimeout(reject, 200, reason));
  const rejected = experiment.uploadFile(new Blob(['x']), { name: 'whole', onProgress: rejecting });
  const texts = new ReadableStream({ start: (controller) => controller.enqueue('a') });
  return {
    used: await codeOf(experiment.uploadFile(read, { name: 'a' })),
    failing: await codeOf(experiment.uploadFile(failing(), { name: 'a' })),
    texts: await codeOf(experiment.uploadFile(texts, { name: 'a' })),
    silent: (await silent.catch((error: unknown) => error)) === reason,
    aborted: (await aborted.catch((error: unknown) => error)) === reason,
    thrown: (await thrown.catch((error: unknown) => error)) === reason,
    rejected: (await rejected.catch((error: unknown) => error)) === reason,
    tooLarge: await codeOf(experiment.uploadFile(new Blob([new Uint8Array(70_000_000)]), { name: 'a' })),
    missing: await codeOf(experiment.readFile('missing')),
    conflict: await codeOf(experiment.removeFiles(['missing'])),
    nowhere: await codeOf(new API(nowhere).findExperiments()),
    // What was aborted may have been whole already.
    halves: (await experiment.files).filter(({ name, size }) => name === 'a' && size !== 50_000_000).length,
  };
}

/** The address of the page's own server. */
export async function useRelativeAddress() {
  const api = new API('/');
  return { url: api.url, eid: (await api.createExperiment('relative', '')).eid };
}

async function* generated() {
  for (const text of ['gene', 'rated']) yield new TextEncoder().encode(text);
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AqueductError ? `${error.name} ${error.code}` : String(error);
}
