import { closest, distance } from 'fastest-levenshtein';
import type { Fault } from './manifest-fault.ts';
import { manifestKeys } from './manifest-shape.ts';
import type { YamlValue } from './python-literal.ts';
import type { YamlPath } from './read-yaml.ts';

/** Letters by which a misspelt key differs from the one that was meant. */
const MOST_DIFFERENT = 2;

/**
 * Keys of a valid manifest that differ by a letter or two from one that has a meaning. Others are their authors' own: the
 * original ignored all that it did not know.
 */
export function findMisspelt(manifest: YamlValue): Fault[] {
  const actions = listIn(manifest, 'actions');
  return [
    ...misspeltIn(manifest, [], manifestKeys.manifest),
    ...actions.flatMap((action, i) => [
      ...misspeltIn(action, ['actions', i], manifestKeys.action),
      ...listIn(action, 'parameters').flatMap((parameter, j) =>
        misspeltIn(parameter, ['actions', i, 'parameters', j], manifestKeys.parameter),
      ),
    ]),
  ];
}

function listIn(value: YamlValue, key: string): readonly YamlValue[] {
  const list = value instanceof Map ? value.get(key) : undefined;
  return Array.isArray(list) ? list : [];
}

function misspeltIn(value: YamlValue, path: YamlPath, known: readonly string[]): Fault[] {
  if (!(value instanceof Map)) return [];
  const missing = known.filter((key) => !value.has(key));
  return [...value.keys()].flatMap((key) => {
    if (typeof key !== 'string' || known.includes(key) || missing.length === 0) return [];
    const meant = closest(key.toLowerCase(), missing);
    if (distance(key.toLowerCase(), meant) > MOST_DIFFERENT) return [];
    return [{ path: [...path, key], message: `has no effect; is ${meant} meant?` }];
  });
}
