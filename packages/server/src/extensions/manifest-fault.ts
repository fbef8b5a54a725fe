import type { BaseIssue } from 'valibot';
import { pythonText, type Single } from './python-text.ts';
import type { YamlPath } from './read-yaml.ts';

/** Something that is wrong in a manifest. */
export interface Fault {
  /** Where. */
  readonly path: YamlPath;
  /** Goes on after the field: `must be …, but is …`. */
  readonly message: string;
}

const LONGEST_SHOWN = 60;

/** A fault of the form of a manifest. */
export function faultOfIssue(issue: BaseIssue<unknown>): Fault {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  if (issue.input === undefined) return { path, message: 'is missing' };
  return { path, message: `${issue.message}, but is ${shown(issue.input)}` };
}

/** `actions[0].parameters[1].data_type`. */
export function fieldName(path: YamlPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'empty';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return pythonText(value as Single);
  return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);
}
