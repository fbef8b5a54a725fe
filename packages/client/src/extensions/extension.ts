import type { Connection } from '../connection.ts';
import type { ExtensionFactsFragment } from '../generated/operations.ts';
import { ExtensionAction } from './extension-action.ts';

/** A parameter that an action declares. */
export interface ExtensionParameter {
  readonly name: string;
  /** What to call it in front of people; null where the manifest does not say. */
  readonly displayName: string | null;
  readonly description: string | null;
  /** One of `int`, `str`, `textarea`, `float`, `experiment`, `file`, `bool`, `select`. */
  readonly dataType: string;
  /** The text that is taken where no value is given; null where one must be. */
  readonly defaultValue: string | null;
  /** What a `select` can be; null for other types. */
  readonly options: readonly string[] | null;
}

/**
 * An extension that is installed on a server: a collection of actions. It is what the server had when it was asked;
 * `API.getExtensions` asks again.
 *
 * @example
 * ```ts
 * import { API } from '@aqueduct/client';
 *
 * const api = new API('http://localhost:8000');
 * for (const { name, authors, actions } of await api.getExtensions()) {
 *   console.log(`${name} by ${authors}: ${actions.map((action) => action.name).join(', ')}`);
 * }
 * ```
 */
export class Extension {
  /** Unique on a server. */
  readonly name: string;
  /** Markdown; empty where there is none. */
  readonly description: string;
  readonly authors: string;
  readonly actions: readonly ExtensionAction[];

  constructor(connection: Connection, { name, description, authors, actions }: ExtensionFactsFragment) {
    this.name = name;
    this.description = description ?? '';
    this.authors = authors;
    this.actions = actions.map((action) => new ExtensionAction(connection, this, action));
    Object.freeze(this);
  }
}
