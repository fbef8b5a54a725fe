import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dataTypes } from './extension.ts';
import { parseManifest } from './parse-manifest.ts';
import { faultOfParameterName } from './reserved-names.ts';

const text = readFileSync('docs/extensions.md', 'utf8');

test('docs/extensions.md shows manifests that are right', () => {
  const manifests = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, manifest = '']) => manifest);
  expect(manifests.length).toBeGreaterThan(0);
  for (const manifest of manifests) expect(parseManifest(manifest, '/')).toHaveProperty('extension');
});

test('docs/extensions.md lists all types of parameters', () => {
  const table = text.slice(text.indexOf('| `data_type`  |'), text.indexOf('A value takes'));
  const rows = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name).slice(1);
  expect(rows.toSorted()).toEqual(dataTypes.toSorted());
});

test('docs/extensions.md names what is refused', () => {
  const [, list = ''] = /interpreter are refused: (.*?)\s+and their like/s.exec(text) ?? [];
  const names = [...list.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace('…', 'X'));
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) expect(faultOfParameterName(name), name).toBeDefined();
});
