/** Turns the text of a setting into its value. */
export interface Parser<T> {
  /** What is allowed, so that "… must be X" is a sentence. */
  readonly allowed: string;
  /** The value; `undefined` where the text is not allowed. */
  parse(text: string): T | undefined;
}

/** Where settings stand together, in the help and in the documentation. */
export type SettingGroup = 'Address' | 'Data' | 'Access' | 'Tasks' | 'Limits' | 'Logging' | 'Compatibility';

/** One row of the table of settings. */
export interface Setting<T> {
  readonly group: SettingGroup;
  /** The environment variable. */
  readonly env: string;
  /** The flag of `aqueduct serve`, where there is one. */
  readonly flag?: `--${string}`;
  /** What stands for the value in the help (`--port <number>`); without it the flag takes no value and means `1`. */
  readonly placeholder?: string;
  readonly description: string;
  readonly parser: Parser<T>;
  /** The default as the user would write it; without it the setting has none of its own. */
  readonly fallback?: string;
  /** Says in words what happens without the setting, where `fallback` can't. */
  readonly fallbackNote?: string;
  /** The value may hold a password and is never printed. */
  readonly secret?: true;
  /** The variable of the original system with the same meaning, honoured where `env` is not set. */
  readonly original?: { readonly env: string; readonly parser?: Parser<T>; readonly note?: string };
}
