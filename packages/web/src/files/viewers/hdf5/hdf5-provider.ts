import {
  type AttributeValues,
  DataProviderApi,
  type Entity,
  type ExportURL,
  type ProvidedEntity,
  type ValuesStoreParams,
} from '@h5web/app';
import type { Hdf5Session } from './hdf5-session.ts';

/** Gives h5web what it shows of a file. Its own providers hold the whole file in memory. */
export class Hdf5Provider extends DataProviderApi {
  readonly #session: Hdf5Session;

  constructor(name: string, session: Hdf5Session) {
    super(name);
    this.#session = session;
  }

  override async getEntity(path: string): Promise<ProvidedEntity> {
    // What the worker describes is what h5web's enumerations mean; their types are not exported.
    return (await this.#session.call('entity', [path])) as unknown as ProvidedEntity;
  }

  override getValue({ dataset, selection }: ValuesStoreParams, signal?: AbortSignal): Promise<unknown> {
    return this.#session.call('value', [dataset.path, selection], signal);
  }

  override getAttrValues({ path, attributes }: Entity): Promise<AttributeValues> {
    return this.#session.call('attributes', [path, attributes.map(({ name }) => name)]);
  }

  override getSearchablePaths(root: string): Promise<string[]> {
    return this.#session.call('paths', [root]);
  }

  override getExportURL(
    ...[, , , csv]: Parameters<NonNullable<DataProviderApi['getExportURL']>>
  ): ExportURL | undefined {
    return csv && (async () => new Blob([csv()]));
  }
}
