import { describe, expect, test } from 'vitest';
import type { Extension } from './extension.ts';
import { parseManifest } from './parse-manifest.ts';

const head = 'name: Lab\nauthors: lab@example.org\n';
const noActions = `${head}actions: []\n`;

describe('constants reach scripts as Python writes what PyYAML reads', () => {
  test.each<[yaml: string, text: string]>([
    ...['true', 'yes', 'on', 'ON', 'Yes'].map((yaml): [string, string] => [yaml, 'True']),
    ...['false', 'No', 'off'].map((yaml): [string, string] => [yaml, 'False']),
    ...['y', 'n', 'Y', '"true"', "'7'"].map((yaml): [string, string] => [yaml, yaml.replace(/["']/g, '')]),
    ...['', '~', 'null', 'NULL'].map((yaml): [string, string] => [yaml, 'None']),
    ['None', 'None'],
    ['7', '7'],
    ['-7', '-7'],
    ['010', '8'],
    ['08', '08'],
    ['0o10', '0o10'],
    ['0x1F', '31'],
    ['0b101', '5'],
    ['1_000', '1000'],
    ['1:30', '90'],
    ['-1:30:00', '-5400'],
    ['12345678901234567890', '12345678901234567890'],
    ['1.50', '1.5'],
    ['1.', '1.0'],
    ['-0.0', '-0.0'],
    ['1e5', '1e5'],
    ['1.0e5', '1.0e5'],
    ['1.0e+5', '100000.0'],
    ['1.0e+16', '1e+16'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['1.5e-7', '1.5e-07'],
    ['123456789.123456789', '123456789.12345679'],
    ['.inf', 'inf'],
    ['-.INF', '-inf'],
    ['.nan', 'nan'],
    ['1:30.5', '90.5'],
    ['2024-01-01', '2024-01-01'],
    ['2024-1-1', '2024-1-1'],
    ['2024-01-01T12:00:00Z', '2024-01-01 12:00:00+00:00'],
    ['2024-01-01 1:00:00.5 -5', '2024-01-01 01:00:00.500000-05:00'],
    ['20240101-1', '20240101-1'],
    ['|\n    two\n    lines', 'two\nlines\n'],
    ['!!str 7', '7'],
  ])('%s becomes %j', (yaml, text) => {
    expect(read(`${noActions}constants:\n  c: ${yaml}\n`).constants).toEqual({ c: text });
  });
});

describe('a manifest', () => {
  test('says all that an extension is', () => {
    const manifest = `
name: Resonator tools
description: |
  Fits a **resonance**.
authors: lab@example.org
aqueduct_url: http://localhost:8000/
access: parameters
timeout: 3600
constants: {service_key: "…"}
something_else: {kept: out}
actions:
  - name: fit
    display_name: Fit
    script: $python fit.py
    timeout: 0.5
    parameters:
      - {name: at, display_name: At, description: where, data_type: experiment, default_value: 20200101-1}
      - {name: degree, data_type: int, default_value: 3}
      - {name: plot, data_type: bool, default_value: true}
      - {name: log, data_type: bool, default_value: "False"}
      - {name: colour, data_type: select, options: [red, 7, on], default_value: 7}
      - {name: empty, data_type: int, default_value: ""}
      - {name: none, data_type: float, default_value: }
  - name: homeless
    script: "true"
`;
    const extension = read(manifest);
    expect(extension).toMatchObject({
      name: 'Resonator tools',
      description: 'Fits a **resonance**.\n',
      authors: 'lab@example.org',
      aqueductUrl: 'http://localhost:8000/',
      access: 'parameters',
      constants: { service_key: '…' },
      folder: '/lab/resonator',
    });
    const [fit, homeless] = extension.actions;
    expect(fit).toMatchObject({
      displayName: 'Fit',
      description: '',
      experimentVariableName: 'at',
      timeoutSeconds: 0.5,
    });
    expect(fit?.parameters.map(({ name, defaultValue }) => [name, defaultValue])).toEqual([
      ['at', '20200101-1'],
      ['degree', '3'],
      ['plot', '1'],
      ['log', '0'],
      ['colour', '7'],
      ['empty', ''],
      ['none', null],
    ]);
    expect(fit?.parameters[4]?.options).toEqual(['red', '7', 'True']);
    expect(fit?.parameters[1]?.options).toBeNull();
    expect(homeless).toMatchObject({ experimentVariableName: '', parameters: [], timeoutSeconds: 3600 });
  });

  test('may leave out what the original asks for, and share text by anchors', () => {
    expect(read(`${noActions}aqueduct_url: auto\n`).aqueductUrl).toBeUndefined();
    expect(read(noActions)).toMatchObject({ aqueductUrl: undefined, access: 'all', description: null });
    const shared = 'parameters: [&e {name: e, data_type: experiment}, {<<: *e, name: f}]';
    const [action] = read(`${head}actions: [{name: a, script: s, ${shared}}]`).actions;
    expect(action?.parameters.map(({ name, dataType }) => [name, dataType])).toEqual([
      ['e', 'experiment'],
      ['f', 'experiment'],
    ]);
  });

  test.each(['ld_power', 'LD_power', 'path', 'TEMP', 'R_load', 'python_version', 'a-b', 'größe', 'BASHFUL'])(
    'may call a parameter %s',
    (name) => {
      expect(read(withParameter(`name: ${name}, data_type: str`)).actions[0]?.parameters[0]?.name).toBe(name);
    },
  );

  test('may call a constant as the server calls what it gives: that wins', () => {
    expect(read(`${noActions}constants: {api_token: x, constructor: y}`).constants).toEqual({
      api_token: 'x',
      constructor: 'y',
    });
  });
});

describe('a bad manifest is refused with line and field', () => {
  const large = (text: string) => text.repeat(20_000);

  test.each<[what: string, manifest: string, problem: string]>([
    ['nothing', '', 'line 1: must be a mapping with name, authors and actions, but is empty'],
    ['a list', '- a', 'line 1: must be a mapping with name, authors and actions, but is a list'],
    ['a text', 'hello', 'line 1: must be a mapping with name, authors and actions, but is "hello"'],
    ['no name', 'authors: a\nactions: []', 'line 1, name: is missing'],
    ['no authors', 'name: a\nactions: []', 'line 1, authors: is missing'],
    ['no actions', head, 'line 1, actions: is missing'],
    ['a number for a name', 'name: 7\nauthors: a\nactions: []', 'line 1, name: must be a text, but is 7'],
    ['a switch for a name', 'name: on\nauthors: a\nactions: []', 'line 1, name: must be a text, but is True'],
    [
      'a mapping for a name',
      'name: {a: b}\nauthors: a\nactions: []',
      'line 1, name: must be a text, but is a mapping',
    ],
    ['a blank name', 'name: " "\nauthors: a\nactions: []', 'line 1, name: must not be empty, but is " "'],
    [
      'a name of two lines',
      'name: "a\\nb"\nauthors: a\nactions: []',
      'line 1, name: must not hold control characters, but is "a\\nb"',
    ],
    [
      'a long name',
      `name: ${'x'.repeat(129)}\nauthors: a\nactions: []`,
      `line 1, name: must not be longer than 128 characters, but is "${'x'.repeat(60)}…"`,
    ],
    [
      'a list of authors',
      'name: a\nauthors: [a, b]\nactions: []',
      'line 2, authors: must be a text, but is a list',
    ],
    [
      'a NUL',
      `${noActions}description: "a\\0b"`,
      'line 4, description: must not hold a NUL character, but is "a\\u0000b"',
    ],
    [
      'a number for an address',
      `${noActions}aqueduct_url: 8000`,
      'line 4, aqueduct_url: must be a text, but is 8000',
    ],
    [
      'unknown access',
      `${noActions}access: some`,
      'line 4, access: must be all or parameters, but is "some"',
    ],
    [
      'a text for a timeout',
      `${noActions}timeout: 1h`,
      'line 4, timeout: must be a number of seconds, but is "1h"',
    ],
    [
      'a negative timeout',
      `${noActions}timeout: -1`,
      'line 4, timeout: must be a number of seconds from 0 (for ever) to 10000000, but is -1.0',
    ],
    [
      'a timeout of no number',
      `${noActions}timeout: .nan`,
      'line 4, timeout: must be a number of seconds, but is nan',
    ],
    [
      'an endless timeout',
      `${noActions}timeout: .inf`,
      'line 4, timeout: must be a number of seconds from 0 (for ever) to 10000000, but is inf',
    ],
    [
      'a list of constants',
      `${noActions}constants: [a]`,
      'line 4, constants: must be a mapping, but is a list',
    ],
    [
      'a list for a constant',
      `${noActions}constants:\n  a: 1\n  b: [x]`,
      'line 6, constants.b: must be a single value without NUL characters',
    ],
    [
      'a mapping for a constant',
      `${noActions}constants: {b: {x: 1}}`,
      'line 4, constants.b: must be a single value without NUL characters',
    ],
    [
      'a NUL in a constant',
      `${noActions}constants: {b: "\\0"}`,
      'line 4, constants.b: must be a single value without NUL characters',
    ],
    ['a mapping of actions', `${head}actions: {a: b}`, 'line 3, actions: must be a list, but is a mapping'],
    ['empty actions', `${head}actions:`, 'line 3, actions: must be a list, but is empty'],
    [
      'a text for an action',
      `${head}actions: [fit]`,
      'line 3, actions[0]: must be a mapping with name and script, but is "fit"',
    ],
    ['an action without name', `${head}actions: [{script: s}]`, 'line 3, actions[0].name: is missing'],
    ['an action without script', `${head}actions: [{name: s}]`, 'line 3, actions[0].script: is missing'],
    [
      'an empty script',
      `${head}actions: [{name: s, script: ""}]`,
      'line 3, actions[0].script: must not be empty, but is ""',
    ],
    [
      'a switch for a script',
      `${head}actions: [{name: s, script: true}]`,
      'line 3, actions[0].script: must be a text, but is True',
    ],
    [
      'a list for a script',
      `${head}actions: [{name: s, script: [a]}]`,
      'line 3, actions[0].script: must be a text, but is a list',
    ],
    [
      'a NUL in a script',
      `${head}actions: [{name: s, script: "a\\0"}]`,
      'line 3, actions[0].script: must not hold a NUL character, but is "a\\u0000"',
    ],
    [
      'two actions of one name',
      `${head}actions:\n- {name: s, script: a}\n- {name: s, script: b}`,
      'line 5, actions[1].name: "s" is there before; names must differ',
    ],
    [
      'a mapping of parameters',
      `${head}actions: [{name: s, script: a, parameters: {a: b}}]`,
      'line 3, actions[0].parameters: must be a list, but is a mapping',
    ],
    [
      'a text for a parameter',
      `${head}actions: [{name: s, script: a, parameters: [a]}]`,
      'line 3, actions[0].parameters[0]: must be a mapping with name and data_type, but is "a"',
    ],
    ['a parameter without name', withParameter('data_type: int'), 'parameters[0].name: is missing'],
    ['a parameter without type', withParameter('name: a'), 'parameters[0].data_type: is missing'],
    [
      'an unknown type',
      withParameter('name: a, data_type: integer'),
      'parameters[0].data_type: must be one of int, str, textarea, float, experiment, file, bool, select, but is "integer"',
    ],
    [
      'a number for a type',
      withParameter('name: a, data_type: 1'),
      'parameters[0].data_type: must be one of int, str, textarea, float, experiment, file, bool, select, but is 1',
    ],
    [
      'two parameters of one name',
      withParameter('name: a, data_type: int}, {name: a, data_type: str'),
      'parameters[1].name: "a" is there before; names must differ',
    ],
    [
      'a switch for a parameter name',
      withParameter('name: on, data_type: int'),
      'parameters[0].name: must be a text, but is True',
    ],
    [
      'a select without options',
      withParameter('name: a, data_type: select'),
      'parameters[0].options: must list the values of the select',
    ],
    [
      'empty options',
      withParameter('name: a, data_type: select, options: []'),
      'parameters[0].options: must list the values of the select',
    ],
    [
      'a text for options',
      withParameter('name: a, data_type: select, options: "a, b"'),
      'parameters[0].options: must be a list, but is "a, b"',
    ],
    [
      'a list among options',
      withParameter('name: a, data_type: select, options: [[a]]'),
      'parameters[0].options[0]: must be a single value without NUL characters, but is a list',
    ],
    [
      'a list as default',
      withParameter('name: a, data_type: str, default_value: [a]'),
      'parameters[0].default_value: must be a single value without NUL characters, but is a list',
    ],
    [
      'a default that is no int',
      withParameter('name: a, data_type: int, default_value: many'),
      'parameters[0].default_value: many is not int.',
    ],
    [
      'a real default of an int',
      withParameter('name: a, data_type: int, default_value: 1.5'),
      'parameters[0].default_value: 1.5 is not int.',
    ],
    [
      'a default that is no float',
      withParameter('name: a, data_type: float, default_value: "1,5"'),
      'parameters[0].default_value: 1,5 is not float.',
    ],
    [
      'a default that is no bool',
      withParameter('name: a, data_type: bool, default_value: 2'),
      'parameters[0].default_value: 2 is not a valid bool.',
    ],
    [
      'a default that is no EID',
      withParameter('name: a, data_type: experiment, default_value: 20240101'),
      'parameters[0].default_value: 20240101 is not a valid EID.',
    ],
    [
      'a default out of the options',
      withParameter('name: a, data_type: select, options: [a, "b c"], default_value: d'),
      "parameters[0].default_value: d is not in ['a', 'b c'].",
    ],
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

  test('several faults are all named, up to five', () => {
    expect(problemOf('name: 7\nactions:\n  - name: fit\n')).toBe(
      [
        'manifest.yml, line 1, name: must be a text, but is 7',
        'manifest.yml, line 1, authors: is missing',
        'manifest.yml, line 3, actions[0].script: is missing',
      ].join('\n'),
    );
    const many = Array.from({ length: 9 }, () => '{}').join();
    expect(problemOf(`${head}actions: [${many}]`).split('\n')).toHaveLength(6);
    expect(problemOf(`${head}actions: [${many}]`)).toMatch(/\n… and 13 more$/);
  });

  test('as many keys as fit are no burden', () => {
    const start = performance.now();
    const keys = Array.from({ length: 25_000 }, (_, i) => `k${i}: 1`).join('\n');
    expect(read(noActions + keys).name).toBe('Lab');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('names that would steer the shell, the loader or an interpreter', () => {
  const steering = [
    ...['PATH', 'HOME', 'IFS', 'ENV', 'BASH_ENV', 'SHELLOPTS', 'BASHOPTS', 'PS4', 'CDPATH', 'SHELL', 'PWD'],
    ...['BASH_FUNC_ls%%', 'LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES', 'GCONV_PATH'],
    ...[
      'LOCPATH',
      'GLIBC_TUNABLES',
      'MALLOC_CHECK_',
      'PYTHONPATH',
      'PYTHONSTARTUP',
      'PYTHONHOME',
      'VIRTUAL_ENV',
    ],
    ...['PIP_INDEX_URL', 'UV_INDEX', 'CONDA_PREFIX', 'NODE_OPTIONS', 'NODE_PATH', 'NPM_CONFIG_REGISTRY'],
    ...['npm_config_registry', 'PERL5OPT', 'PERL5LIB', 'RUBYOPT', 'RUBYLIB', 'R_PROFILE', 'JULIA_LOAD_PATH'],
    ...[
      'JAVA_TOOL_OPTIONS',
      '_JAVA_OPTIONS',
      'JDK_JAVA_OPTIONS',
      'CLASSPATH',
      'GIT_SSH_COMMAND',
      'SSL_CERT_FILE',
    ],
    ...['SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'OPENSSL_CONF', 'HTTPS_PROXY', 'https_proxy'],
    ...['All_Proxy', 'NO_PROXY', 'TMPDIR', 'AQUEDUCT_URL', 'AQUEDUCT_DATA_DIR', 'python', 'node'],
  ];
  const impossible = ['', 'A=B', '=', 'a\\0b', 'a\\nb', 'a\\x1bb', 'x'.repeat(129)];

  test.each([...steering, ...impossible])('%s is no name of a parameter or a constant', (name) => {
    expect(problemOf(withParameter(`name: "${name}", data_type: str`))).toMatch(
      /^manifest\.yml, line 3, actions\[0\]\.parameters\[0\]\.name: must not /,
    );
    expect(problemOf(`${noActions}constants:\n  a: b\n  "${name}": x\n`)).toMatch(
      /^manifest\.yml, line 6, constants\..*: the name must not /s,
    );
  });

  test.each(['api_token', 'API_TOKEN', 'aqueduct_key', 'aqueduct_url'])(
    'a parameter %s would never arrive',
    (name) => {
      expect(problemOf(withParameter(`name: ${name}, data_type: str`))).toContain(
        `must not be "${name}": the server gives this variable to every action`,
      );
    },
  );
});

function withParameter(fields: string): string {
  return `${head}actions: [{name: run, script: s, parameters: [{${fields}}]}]`;
}

function bomb(): string {
  const levels = [...'bcdefghij'].map(
    (name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]}, `.repeat(9)}]`,
  );
  return ['a: &a [x, x, x, x, x, x, x, x, x]', ...levels].join('\n');
}

function read(manifest: string): Extension {
  const parsed = parseManifest(manifest, '/lab/resonator');
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.extension;
}

function problemOf(manifest: string): string {
  const parsed = parseManifest(manifest, '/lab/resonator');
  return 'problem' in parsed ? parsed.problem : 'none';
}
