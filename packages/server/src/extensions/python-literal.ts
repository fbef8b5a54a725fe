import { pythonRepr, pythonText, type Single } from './python-text.ts';

/** What YAML says, of any kind. Mappings are maps, whose keys keep their types and their order. */
export type YamlValue = Single | readonly YamlValue[] | ReadonlyMap<Single, YamlValue>;

/** A value as Python's `repr` writes it: `[1, 'two', None]`, `{'on': True}`. No value holds itself. */
export function pythonLiteral(value: YamlValue): string {
  if (isSingle(value)) return typeof value === 'string' ? pythonRepr(value) : pythonText(value);
  if (!(value instanceof Map)) return `[${[...value].map(pythonLiteral).join(', ')}]`;
  const entries = [...value].map((entry) => entry.map(pythonLiteral).join(': '));
  return `{${entries.join(', ')}}`;
}

/** Whether a value is neither a list nor a mapping. */
export function isSingle(value: YamlValue): value is Single {
  return typeof value !== 'object' || value === null;
}
