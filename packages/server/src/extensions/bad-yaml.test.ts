import { expect, test } from 'vitest';
import { head, noActions, problemOf } from './testing/manifests.ts';

const large = (text: string) => text.repeat(20_000);

test.each<[what: string, manifest: string, problem: string]>([
  ['a repeated key', 'name: a\nauthors: b\nname: c\nactions: []', 'line 3: the key "name" is there before'],
  ['a repeated constant', `${noActions}constants: {a: 1, a: 2}`, 'line 4: the key "a" is there before'],
  ['two documents', `${noActions}---\n${noActions}`, 'line 4: Source contains multiple documents'],
  [
    'no YAML',
    'name: [a\nauthors: b',
    'line 2: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['a tab for indentation', 'name: a\nactions:\n\t- b', 'line 3: Tabs are not allowed as indentation'],
  [
    'an object of Python',
    'name: !!python/object/apply:os.system [ls]',
    'line 1: Unresolved tag: tag:yaml.org,2002:python/object/apply:os.system',
  ],
  ['a tag of its own', 'name: !secret x', 'line 1: Unresolved tag: !secret'],
  ['a binary', 'name: !!binary aGk=', 'line 1: Unresolved tag: tag:yaml.org,2002:binary'],
  ['a key that is a list', '? [a, b]\n: c', 'line 1: a key must be a single value'],
  [
    'an impossible date',
    `${noActions}constants: {a: 2024-02-30}`,
    'line 4: 2024-02-30 is no date of the calendar',
  ],
  ['an alias of nothing', 'name: *nothing', 'line 1: nothing is called "&nothing" before this alias'],
  ['a bomb of aliases', bomb(), 'line 1: Excessive alias count indicates a resource exhaustion attack'],
  ['too many aliases', `a: &a x\nb: [${'*a, '.repeat(101)}]`, 'line 2: it has more than 100 aliases'],
  [
    'a large text by aliases',
    `x: &x "${large('x')}"\n${head}description: *x\nactions: [${'{name: a, script: *x}, '.repeat(90)}]`,
    'actions[1].name: "a" is there before',
  ],
  [
    'larger by aliases than allowed',
    `x: &x "${large('x')}"\n${head}actions: [${Array.from({ length: 90 }, (_, i) => `{name: a${i}, script: *x}`).join()}]`,
    'it repeats too much by aliases',
  ],
  [
    'an alias of itself',
    `${head}actions: &a [*a]`,
    'actions[0]: must be a mapping with name and script, but is a list',
  ],
  ['deep lists', large('['), 'line 1: it is nested too deeply'],
  ['deep mappings', large('{a: '), 'line 1: it is nested too deeply'],
  ['deep dashes', large('- '), 'line 1: it is nested too deeply'],
  ['deep questions', large('? '), 'line 1: it is nested too deeply'],
  [
    'a mapping for the prototype',
    `${head}actions: []\n__proto__: {polluted: true}\n7: x\nname: b`,
    'line 6: the key "name" is there before',
  ],
])('%s', (_, manifest, problem) => {
  expect(problemOf(manifest)).toContain(problem);
  expect(problemOf(manifest)).toMatch(/^manifest\.yml, line \d+|^manifest\.yml: it repeats/);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

function bomb(): string {
  const levels = [...'bcdefghij'].map(
    (name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]}, `.repeat(9)}]`,
  );
  return ['a: &a [x, x, x, x, x, x, x, x, x]', ...levels].join('\n');
}
