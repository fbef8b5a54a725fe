import { isRecord } from '../../files/viewers/is-record.ts';

/** The values in a file of JSON or YAML, by the path to each: `device.qubits[0].frequency`. */
export interface FlatValues {
  readonly values: ReadonlyMap<string, string>;
  /** There are more than are compared. */
  readonly isCut: boolean;
}

export const MOST_VALUES = 2000;
/** Paths of what lies deeper can not be read by anybody. */
const MOST_DEPTH = 24;
const PLAIN_KEY = /^[\p{L}\p{N}_-]+$/u;

/** Lists the values in a tree in their order, each as a text: texts are in quotes, so that "1" is not 1. */
export function flattenValues(root: unknown): FlatValues {
  const values = new Map<string, string>();
  let isCut = false;
  const visit = (value: unknown, path: string, depth: number): void => {
    if (values.size >= MOST_VALUES) {
      isCut = true;
      return;
    }
    const members = depth < MOST_DEPTH ? membersOf(value, path) : undefined;
    if (!members) values.set(path || '(value)', leafText(value));
    else for (const [place, member] of members) visit(member, place, depth + 1);
  };
  visit(root, '', 0);
  return { values, isCut };
}

/** Undefined where there is nothing in it. */
function membersOf(value: unknown, path: string): Iterable<readonly [string, unknown]> | undefined {
  if (Array.isArray(value)) return value.length > 0 ? listMembers(value, path) : undefined;
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value);
  return keys.length > 0 ? keys.map((key) => [pathTo(path, key), value[key]] as const) : undefined;
}

/** One after the other: a list may have a million, and only the first are wanted. */
function* listMembers(list: readonly unknown[], path: string): Generator<readonly [string, unknown]> {
  // What is beyond is not looked at, but that it is there.
  for (let i = 0; i < Math.min(list.length, MOST_VALUES + 1); i += 1) yield [`${path}[${i}]`, list[i]];
}

function pathTo(path: string, key: string): string {
  if (!PLAIN_KEY.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function leafText(value: unknown): string {
  if (typeof value === 'string') return `“${value}”`;
  if (Array.isArray(value)) return value.length > 0 ? '[ … ]' : '[ ]';
  if (value instanceof Date) return value.toISOString();
  if (isRecord(value)) return Object.keys(value).length > 0 ? '{ … }' : '{ }';
  return String(value);
}
