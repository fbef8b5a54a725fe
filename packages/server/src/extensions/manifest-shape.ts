import * as v from 'valibot';
import { dataTypes } from './extension.ts';
import { isSingle, pythonLiteral, type YamlValue } from './python-literal.ts';
import type { Single } from './python-text.ts';

/** Longest names of extensions and actions, in characters: they become part of the names of log files. */
const LONGEST_NAME = 128;
const LONGEST_TIMEOUT_SECONDS = 10_000_000;

const text = v.pipe(v.string('must be a text'), v.excludes('\0', 'must not hold a NUL character'));
const filledText = v.pipe(
  text,
  v.check((value) => value.trim() !== '', 'must not be empty'),
);
const name = v.pipe(
  filledText,
  v.check((value) => !/\p{Cc}/u.test(value), 'must not hold control characters'),
  v.check((value) => [...value].length <= LONGEST_NAME, `must not be longer than ${LONGEST_NAME} characters`),
);
/** Scripts get it as Python writes it. */
export const singleValue = v.union(
  [text, v.boolean(), v.bigint(), v.number(), v.nan(), v.null()],
  'must be a single value without NUL characters',
);
const timeout = v.pipe(
  v.union([v.bigint(), v.number()], 'must be a number of seconds'),
  v.check(
    (seconds) => seconds >= 0 && seconds <= LONGEST_TIMEOUT_SECONDS,
    `must be a number of seconds from 0 (for ever) to ${LONGEST_TIMEOUT_SECONDS}`,
  ),
  v.transform(Number),
);

const parameterEntries = {
  name: v.string('must be a text'),
  display_name: v.nullish(text),
  description: v.nullish(text),
  data_type: v.picklist(dataTypes, `must be one of ${dataTypes.join(', ')}`),
  default_value: v.optional(singleValue),
  options: v.nullish(v.array(singleValue, 'must be a list')),
};
const parameter = mapping(parameterEntries, 'must be a mapping with name and data_type');

const actionEntries = {
  name,
  display_name: v.nullish(text),
  description: v.nullish(text),
  script: filledText,
  timeout: v.nullish(timeout),
  parameters: v.nullish(v.array(parameter, 'must be a list')),
};
const action = mapping(actionEntries, 'must be a mapping with name and script');

const manifestEntries = {
  name,
  description: v.nullish(text),
  authors: filledText,
  aqueduct_url: v.nullish(text),
  access: v.nullish(v.picklist(['all', 'parameters'], 'must be all or parameters')),
  timeout: v.nullish(timeout),
  // No v.record: it drops names such as "constructor" in silence.
  constants: v.nullish(v.pipe(v.custom<Mapping>(isMapping, 'must be a mapping'), v.transform(constantsOf))),
  actions: v.array(action, 'must be a list'),
};

/** The form of a `manifest.yml`. Other keys are left to their authors. */
export const manifestShape = mapping(manifestEntries, 'must be a mapping with name, authors and actions');

/** The keys that have a meaning in a manifest, in each of its actions, and in each of their parameters. */
export const manifestKeys = {
  manifest: Object.keys(manifestEntries),
  action: Object.keys(actionEntries),
  parameter: Object.keys(parameterEntries),
} as const;

/** What a manifest says, as it says it. */
export type Manifest = v.InferOutput<typeof manifestShape>;
export type ManifestAction = v.InferOutput<typeof action>;
export type ManifestParameter = v.InferOutput<typeof parameter>;

type Mapping = ReadonlyMap<Single, YamlValue>;

function mapping<const Entries extends v.ObjectEntries>(entries: Entries, message: string) {
  return v.pipe(v.custom<Mapping>(isMapping, message), v.transform(asObject), v.object(entries));
}

function isMapping(value: unknown): boolean {
  return value instanceof Map;
}

function asObject(map: Mapping): object {
  return Object.fromEntries(map);
}

/** Single values as they are, to be checked; lists and mappings as the texts that scripts get. */
function constantsOf(map: Mapping): Readonly<Record<string, Single>> {
  return Object.fromEntries(
    Array.from(map, ([name, value]) => [name, isSingle(value) ? value : pythonLiteral(value)]),
  );
}
