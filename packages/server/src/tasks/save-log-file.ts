import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFileName, limits } from '@aqueduct/contract';
import { fileByName } from '../files/file.queries.ts';
import { uploadFile } from '../files/upload-file.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import type { OutputRecorder } from './output-recorder.ts';
import type { Runner } from './runner.ts';
import type { TakenTask } from './take-task.ts';
import { NO_CODE } from './task.ts';
import { outputOfTasks } from './task-output.queries.ts';

/** Names that runs of this moment are about to take. */
const reserved = new Set<string>();
const RETRY_MS = 500;

/**
 * Saves the output of a task of the blocking form as a file of its experiment, as the contract names it and lays it
 * out. Gives its name; null where it could not be saved, which the task's standard error says.
 */
export async function saveLogFile(
  runner: Runner,
  task: TakenTask,
  recorder: OutputRecorder,
  resultCode: number | null,
): Promise<string | null> {
  const { db, log } = runner.services;
  const rows = await runner.untilDone(async () => {
    await db.write((tx) => recorder.writeRest(tx));
    return db.all(outputOfTasks, { ids: [task.id] });
  });
  const text = (stream: 1 | 2) => rows.filter((row) => row.stream === stream).map((row) => row.bytes);
  const content = [
    Buffer.from(`result code:\n${resultCode ?? NO_CODE}\n======\nstdout:\n`),
    ...text(1),
    Buffer.from('\n======\nstderr:\n'),
    ...text(2),
    Buffer.from('\n'),
  ];
  const name = await runner.untilDone(() => freeName(runner, task));
  try {
    await save(runner, task, name, content);
    return name;
  } catch (err) {
    log.warn({ err, eid: task.eid, name }, 'the log file of a task could not be saved');
    recorder.print(`The log file ${name} could not be saved in ${task.eid}.`);
    return null;
  } finally {
    reserved.delete(keyOf(task, name));
  }
}

/**
 * Saves a file, and waits for the database if need be. Stored anew in each try: bytes whose commit failed are discarded,
 * or already a file's where that is in doubt, and then replaced.
 */
async function save(
  runner: Runner,
  { uuid, experimentUuid }: TakenTask,
  name: string,
  content: readonly Buffer[],
): Promise<void> {
  const { db, storage, log } = runner.services;
  for (;;) {
    // Copies: what is given to the storage is its own.
    const object = await storage.put(Readable.from(content.map((piece) => Buffer.from(piece))));
    try {
      return await uploadFile(runner.contextOf(uuid), { uuid: experimentUuid, name, object });
    } catch (err) {
      if (asAqueductError(err).code !== 'UNAVAILABLE') throw err;
      log.warn({ err, task: uuid }, 'the log file of a task waits for the database');
    }
    await sleep(RETRY_MS);
    // Not stored again and again for a database that takes nothing yet.
    await runner.untilDone(() => db.write(async () => undefined));
  }
}

/** `{extension}-{action}-{YYYYMMDD-HHMMSS}.log`; a second run in the same second gets a number. */
async function freeName(runner: Runner, task: TakenTask): Promise<string> {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const stamp = `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const stem = cleaned(`${task.extensionName}-${task.actionName}`);
  for (let count = 1; ; count += 1) {
    const name = `${stem}-${stamp}${count === 1 ? '' : `-${count}`}.log`;
    if (reserved.has(keyOf(task, name))) continue;
    reserved.add(keyOf(task, name));
    let isFree = false;
    try {
      isFree = !(await runner.services.db.first(fileByName, { experimentId: task.experimentId, name }));
    } finally {
      if (!isFree) reserved.delete(keyOf(task, name));
    }
    if (isFree) return name;
  }
}

/** Names of extensions and actions may hold what names of files may not. */
function cleaned(stem: string): string {
  const room = limits.fileNameBytes - '-20241122-133700-100.log'.length;
  let clean = [...stem].map((character) => (isFileName(`x${character}x`) ? character : '_')).join('');
  while (Buffer.byteLength(clean) > room) clean = [...clean].slice(0, -1).join('');
  return isFileName(`${clean}-x.log`) ? clean : 'log';
}

function keyOf(task: TakenTask, name: string): string {
  return `${task.experimentUuid}/${name}`;
}
