import type { ListExtensionsQuery } from './generated/operations.ts';

export type Extension = ListExtensionsQuery['extensions'][number];
export type Action = Extension['actions'][number];
export type Parameter = Action['parameters'][number];

/** Values of an action's parameters by their names, as texts; booleans as `1` or `0`. */
export type Values = Readonly<Record<string, string>>;

/** What is kept under the name of a parameter; undefined where nothing is, also for a name such as `constructor`. */
export function ofParameter<T>(kept: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return kept && Object.hasOwn(kept, name) ? kept[name] : undefined;
}

/** An action together with its extension. */
export interface Choice {
  readonly extension: Extension;
  readonly action: Action;
}

/** The name of something to show, where a manifest gives another one than the name that programs use. */
export function shownName({ name, displayName }: Pick<Action, 'name' | 'displayName'>): string {
  return displayName || name;
}
