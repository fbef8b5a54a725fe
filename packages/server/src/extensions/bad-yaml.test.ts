import { expect, test } from 'vitest';
import { head, noActions, problemOf, read, withParameter } from './testing/manifests.ts';

const large = (text: string) => text.repeat(20_000);
const deep = (text: string) => text.repeat(3900);

test.each<[what: string, manifest: string, problem: string]>([
  ['a repeated key', 'name: a\nauthors: b\nname: c\nactions: []', 'line 3: the key "name" is there before'],
  ['a repeated constant', `${noActions}constants: {a: 1, a: 2}`, 'line 4: the key "a" is there before'],
  [
    'two documents',
    `${noActions}---\n${noActions}`,
    'line 4: another document begins here; only one is taken',
  ],
  [
    'no YAML',
    'name: [a\nauthors: b',
    'line 2: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  [
    'a colon in a text',
    'name: Fits: a peak',
    'line 1: Nested mappings are not allowed in compact mappings. Put a text that holds a colon into quotes, and let the keys of one mapping begin in one column',
  ],
  ['a key that is indented too deep', 'name: a\n authors: b', 'in one column'],
  ['a tab for indentation', 'name: a\nactions:\n\t- b', 'line 3: Tabs are not allowed as indentation'],
  [
    'an object of Python',
    'name: !!python/object/apply:os.system [ls]',
    'line 1: Unresolved tag: tag:yaml.org,2002:python/object/apply:os.system',
  ],
  ['a tag of its own', 'name: !secret x', 'line 1: Unresolved tag: !secret'],
  ['a float that is none', 'name: !!float five', 'line 1: five is no number'],
  ['a float of two points', 'name: !!float 1.2.3', 'line 1: 1.2.3 is no number'],
  ['a binary', 'name: !!binary aGk=', 'line 1: Unresolved tag: tag:yaml.org,2002:binary'],
  ['a key that is a list', '? [a, b]\n: c', 'line 1: a key must be a single value'],
  [
    'an impossible date',
    `${noActions}constants: {a: 2024-02-30}`,
    'line 4: 2024-02-30 is no date of the calendar',
  ],
  ['an alias of nothing', 'name: *nothing', 'line 1: nothing is called "&nothing" before this alias'],
  ['a bomb of aliases', bomb(), 'line 5: it repeats too much by aliases; write it out shorter'],
  ['too many aliases', `a: &a x\nb: [${'*a, '.repeat(101)}]`, 'line 2: it has more than 100 aliases'],
  [
    'a large text by aliases',
    `x: &x "${large('x')}"\n${head}description: *x\nactions: [${'{name: a, script: *x}, '.repeat(9)}]`,
    'actions[1].name: "a" is there before',
  ],
  [
    'larger by aliases than allowed',
    `x: &x "${large('x')}"\n${head}actions: [${Array.from({ length: 90 }, (_, i) => `{name: a${i}, script: *x}`).join()}]`,
    'line 4: it repeats too much by aliases',
  ],
  [
    'many merged keys',
    `b: &b {${Array.from({ length: 1000 }, (_, i) => `k${i}: 1`).join()}}\nm: [${'{<<: *b}, '.repeat(99)}]`,
    'line 2: it repeats too much by aliases',
  ],
  [
    'a number of many digits',
    `${noActions}constants: {a: 1${':59'.repeat(5000)}}`,
    "line 4: a number can't have",
  ],
  ['too many words', `a: [${'b,'.repeat(20_000)}]`, 'line 1: it has more than 10000 words and signs'],
  ['an alias of itself', `${head}actions: &a [*a]`, 'line 3: nothing is called "&a" before this alias'],
  [
    'an alias of itself, with a name that was given before',
    `a: &a 1\n${head}actions: &a [*a]`,
    'line 4: nothing is called "&a" before this alias',
  ],
  ['deep lists', deep('['), 'line 1: it is nested too deeply'],
  ['deep mappings', deep('{'), 'line 1: it is nested too deeply'],
  ['deep dashes', deep('- '), 'line 1: it is nested too deeply'],
  ['deep questions', deep('? '), 'line 1: it is nested too deeply'],
  [
    'deep dashes of a key',
    `${head}extra:\n  - ${deep('- ')}a\nactions: []`,
    'line 4: it is nested too deeply',
  ],
  [
    'deep questions of a key',
    `${head}extra:\n  ${deep('? ')}a\nactions: []`,
    'line 4: it is nested too deeply',
  ],
  ['deep lines', `${head}extra:\n${stairs(200)}`, 'line 102: it is nested too deeply'],
  [
    'a mapping for the prototype',
    `${head}actions: []\n__proto__: {polluted: true}\n7: x\nname: b`,
    'line 6: the key "name" is there before',
  ],
])('%s', (_, manifest, problem) => {
  expect(problemOf(manifest)).toContain(problem);
  expect(problemOf(manifest)).toMatch(/^manifest\.yml, line \d+/);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('as deep as manifests go is no fault', () => {
  expect(read(`${head}extra:\n  ${'- '.repeat(90)}a\nmore:\n${stairs(90)}actions: []`).name).toBe('Lab');
  expect(read(`${noActions}extra: ${'['.repeat(90)}${']'.repeat(90)}`).name).toBe('Lab');
});

/** The first five take more than a second when they are read to their end. */
test.each<[what: string, manifest: string]>([
  ['lines of a wrong sign', `name: x\n${'%\n'.repeat(100_000)}`],
  ['escaped lines', `name: "${'\\\n'.repeat(120_000)}x"`],
  ['wrong escapes', `name: "${'\\q'.repeat(120_000)}`],
  ['aliases in a long text', `big: [${'a,'.repeat(110_000)}]\nz: &z 1\nal: [${'*z,'.repeat(99)}]`],
  [
    'merged keys',
    `b: &b {${Array.from({ length: 15_000 }, (_, i) => `k${i}: 1`).join()}}\nm: [${'{<<: *b},'.repeat(99)}]`,
  ],
  ['as many wrong signs as may be', `name: x\n${'%\n'.repeat(3300)}`],
  ['as many wrong parameters as may be', withParameter(`}, ${'{},'.repeat(3250)}{`)],
  [
    'as many aliases of them',
    `p: &p [${'{},'.repeat(150)}]\n${head}actions: [${'{parameters: *p},'.repeat(98)}]`,
  ],
])('%s are refused at once', (_, manifest) => {
  const before = process.threadCpuUsage();
  expect(problemOf(manifest)).toMatch(/^manifest\.yml, line \d+/);
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(300);
});

/** A mapping in a mapping, and so on. */
function stairs(levels: number): string {
  return Array.from({ length: levels }, (_, i) => `${' '.repeat(i + 1)}a:\n`).join('');
}

function bomb(): string {
  const levels = [...'bcdefghij'].map(
    (name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]}, `.repeat(9)}]`,
  );
  return ['a: &a [x, x, x, x, x, x, x, x, x]', ...levels].join('\n');
}
