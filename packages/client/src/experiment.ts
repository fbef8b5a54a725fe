import { checkFilledText, checkText, checkTexts } from './check-arguments.ts';
import { checkOptions } from './check-options.ts';
import type { Connection } from './connection.ts';
import { downloadFile } from './download-file.ts';
import { RemoteOperationError } from './errors/errors.ts';
import { attempt, Failure } from './errors/failure.ts';
import { type FileOwner, placeOf } from './experiment-files.ts';
import { type ExperimentFile, type ExperimentSnapshot, fileOf, snapshotOf } from './experiment-snapshot.ts';
import { type ExperimentUpdate, updateInputOf } from './experiment-update.ts';
import {
  addTags,
  type ExperimentIdentityFragment,
  fetchExperiment,
  readDescription,
  readFiles,
  readTags,
  readTitle,
  readUpdatedAt,
  removeTag,
  updateExperiment,
} from './generated/operations.ts';
import type { Operation } from './operation.ts';
import type { UploadSource } from './platform/platform.ts';
import { type RequestOptions, requestOptions, type TransferOptions } from './progress.ts';
import { readFile } from './read-file.ts';
import { removeFiles } from './remove-files.ts';
import { type UploadOptions, uploadFile } from './upload-file.ts';

/**
 * An experiment on a server, as `API` gives it. What identifies it is fixed; everything else is asked for when it is
 * read, so it is always what the server has at that moment. In the examples of its methods `experiment` is what it is
 * here.
 *
 * @example
 * ```ts
 * import { API } from '@aqueduct/client';
 *
 * const api = new API('http://localhost:8000');
 * const experiment = await api.createExperiment('Rabi', 'First try');
 * console.log(experiment.eid, await experiment.title, await experiment.tags);
 * await experiment.setTitle('Rabi, cold');
 * ```
 */
export class Experiment {
  /** Lower-case and hyphenated. */
  readonly uuid: string;
  /** Day and number: `20241122-3`. Never given twice. */
  readonly eid: string;
  /** When it was created with its microseconds, as the server writes it: `2024-11-22T13:37:00.123456+00:00`. */
  readonly createdAtExact: string;
  readonly #connection: Connection;

  constructor(connection: Connection, { uuid, eid, createdAt }: ExperimentIdentityFragment) {
    this.#connection = connection;
    this.uuid = uuid;
    this.eid = eid;
    this.createdAtExact = createdAt;
    // What is written goes to the experiment of this UUID: an assignment in JavaScript must not make it another.
    Object.freeze(this);
  }

  /** When it was created, to the millisecond: a `Date` knows no microseconds. */
  get createdAt(): Date {
    return new Date(this.createdAtExact);
  }

  /** The title, read live. */
  get title(): Promise<string> {
    return this.#read('title', readTitle).then(({ title }) => title);
  }

  /** The description (Markdown), read live. */
  get description(): Promise<string> {
    return this.#read('description', readDescription).then(({ description }) => description ?? '');
  }

  /** The tags, read live. */
  get tags(): Promise<readonly string[]> {
    return this.#read('tags', readTags).then(({ tags }) => tags);
  }

  /** Names and dates of the files, and what else the server knows about them, read live. */
  get files(): Promise<readonly ExperimentFile[]> {
    return this.#read('files', readFiles).then(({ files }) => files.map(fileOf));
  }

  /** When title or description changed last, read live; to the millisecond, see {@link fetch}. */
  get updatedAt(): Promise<Date> {
    return this.#read('time of update', readUpdatedAt).then(({ updatedAt }) => new Date(updatedAt));
  }

  /**
   * Everything about the experiment at one moment, in one request.
   *
   * @throws RemoteOperationError if it was removed, or the server can not be reached.
   *
   * @example
   * ```ts
   * const { title, tags, files, updatedAt } = await experiment.fetch();
   * console.log(title, tags, files.length, updatedAt);
   * ```
   */
  async fetch(options: RequestOptions = {}): Promise<ExperimentSnapshot> {
    checkOptions('options', options, requestOptions);
    return snapshotOf(await this.#read('data', fetchExperiment, options));
  }

  /** Changes the title. At most 256 characters; the empty text empties it. */
  async setTitle(title: string, options: RequestOptions = {}): Promise<void> {
    checkText('title', title);
    await this.update({ title }, options);
  }

  /** Changes the description. Markdown, at most 5000 characters; the empty text empties it. */
  async setDescription(description: string, options: RequestOptions = {}): Promise<void> {
    checkText('description', description);
    await this.update({ description }, options);
  }

  /**
   * Changes title and description in one step, and returns what the experiment is then.
   *
   * @throws InvalidArgumentError if nothing is to be changed.
   * @throws RemoteOperationError with the code `CONFLICT` if the experiment is of another `version` by now.
   *
   * @example
   * ```ts
   * const { description, version } = await experiment.fetch();
   * await experiment.update({ description: `${description}, second try`, version });
   * ```
   */
  async update(changes: ExperimentUpdate, options: RequestOptions = {}): Promise<ExperimentSnapshot> {
    const input = updateInputOf(changes);
    checkOptions('options', options, requestOptions);
    const data = await this.#attempt('update', () =>
      this.#connection.graphql(updateExperiment, { uuid: this.uuid, input }, options),
    );
    return snapshotOf(data.updateExperiment);
  }

  /**
   * Adds tags; those that are there already stay as they are.
   *
   * @param tags - Letters, digits and `- _ : /`, each at most 64 characters, none twice.
   * @throws RemoteOperationError if the server refuses one of them; none is added then.
   *
   * @example
   * ```ts
   * await experiment.addTags(['qubit-3', 'setup/blue']);
   * await experiment.removeTag('setup/blue');
   * ```
   */
  async addTags(tags: readonly string[], options: RequestOptions = {}): Promise<void> {
    checkTexts('tags', tags);
    checkOptions('options', options, requestOptions);
    const variables = { uuid: this.uuid, tags: [...tags] };
    await this.#attempt('add tags to', () => this.#connection.graphql(addTags, variables, options));
  }

  /** Removes a tag. It is a RemoteOperationError if the experiment does not have it. */
  async removeTag(tag: string, options: RequestOptions = {}): Promise<void> {
    checkFilledText('tag', tag);
    checkOptions('options', options, requestOptions);
    const remove = () => this.#connection.graphql(removeTag, { uuid: this.uuid, tag }, options);
    await this.#attempt(`remove the tag "${tag}" of`, remove);
  }

  /**
   * Uploads a file. A file of that name is replaced in one step: the experiment never has half of one. Once this is
   * done, the bytes are safe on the server's disk.
   *
   * In Node the connection must stand within the API's timeout. Then an upload ends when nothing moves for 30 seconds,
   * or a longer timeout, since the server may wait for its disk. The time that a stream takes does not count here, but the
   * server waits for its next bytes no longer than about 40 seconds.
   *
   * Files of 64 MiB and more go on where they stopped: by themselves after a lost connection, and after a restart of
   * the program when it is called again with the same unchanged file, name and experiment. Streams do not, nor do
   * Blobs that are no `File` after a restart. In Node the SHA-256 that the server has is compared with the file's.
   *
   * @param file - The path of a file (in Node), a `Blob` or `File`, or a stream of bytes: a `ReadableStream`, Node's
   * `Readable`, an async generator. In a browser a stream is collected before it is sent. One that was read already is
   * refused; only of an async generator nobody can tell, and one that has ended makes an empty file.
   * @throws FileToUploadNotFoundError if there is no file at the path.
   * @throws FileUploadError if the file can not be read, or the server refuses it or can not be reached.
   *
   * @example
   * ```ts
   * await experiment.uploadFile('trace.csv', {
   *   onProgress: ({ bytes, total }) => console.log(`${bytes} of ${total} bytes`),
   * });
   * await experiment.uploadFile(new Blob(['{"frequency": 5.1e9}']), { name: 'fit.json' });
   * ```
   */
  async uploadFile(file: UploadSource, options: UploadOptions = {}): Promise<void> {
    await uploadFile(this.#owner, file, options);
  }

  /**
   * Downloads a file into a folder, in Node. Its SHA-256 is compared with the server's before it appears under its
   * name: there is never half a file. One that is there already is replaced in one step.
   *
   * @param destinationDir - A folder that exists.
   * @returns The path of the file.
   * @throws FileDownloadError if there is no such file, it came over damaged, or it can not be written.
   *
   * @example
   * ```ts
   * await experiment.uploadFile('trace.csv');
   * console.log(await experiment.downloadFile('trace.csv', '.'));
   * ```
   */
  async downloadFile(name: string, destinationDir: string, options: TransferOptions = {}): Promise<string> {
    return downloadFile(this.#owner, name, destinationDir, options);
  }

  /**
   * Reads a file, with its media type, into memory, in Node and browsers. Its SHA-256 is compared with the server's; a
   * browser can do that only in pages that came by https or from the same machine, and refuses files of more than 2 GB
   * there (`TOO_LARGE`): it could not compare them.
   *
   * @throws FileDownloadError if there is no such file, it came over damaged, or it is too large for a browser.
   *
   * @example
   * ```ts
   * await experiment.uploadFile(new Blob(['t,p\n0,0.1\n']), { name: 'trace.csv' });
   * console.log(await (await experiment.readFile('trace.csv')).text());
   * ```
   */
  async readFile(name: string, options: TransferOptions = {}): Promise<Blob> {
    return readFile(this.#owner, name, options);
  }

  /**
   * Removes files, all or none of them.
   *
   * @throws FileRemovalError if one of them does not exist; none is removed then.
   *
   * @example
   * ```ts
   * await experiment.uploadFile('trace.csv');
   * await experiment.removeFiles(['trace.csv']);
   * ```
   */
  async removeFiles(names: readonly string[], options: RequestOptions = {}): Promise<void> {
    await removeFiles(this.#owner, names, options);
  }

  get #owner(): FileOwner {
    return { connection: this.#connection, uuid: this.uuid, eid: this.eid };
  }

  #read<Data>(
    what: string,
    operation: Operation<{ experiment: Data | null }, { uuid: string }>,
    options: RequestOptions = {},
  ): Promise<Data> {
    return this.#attempt(`read the ${what} of`, async () => {
      const { experiment } = await this.#connection.graphql(operation, { uuid: this.uuid }, options);
      if (experiment === null) throw new Failure('NOT_FOUND', 'There is no such experiment.');
      return experiment;
    });
  }

  #attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return attempt(RemoteOperationError, `${what} ${placeOf(this.#owner)}`, work);
  }
}
