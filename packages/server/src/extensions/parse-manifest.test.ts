import { describe, expect, test } from 'vitest';
import { head, noActions, read, withParameter } from './testing/manifests.ts';

describe('a manifest', () => {
  test.each([
    ['Windows', '\r\n'],
    ['an old Mac', '\r'],
  ])('may have the line breaks of %s', (_, end) => {
    const manifest = `${head}description: >\n  one\n  line\nactions:\n  - name: a\n    script: |\n      a\n\n      b\n`;
    const withEnds = manifest.replaceAll('\n', end);
    expect(read(withEnds)).toEqual(read(manifest));
    expect(read(withEnds)).toMatchObject({ description: 'one line\n', actions: [{ script: 'a\n\nb\n' }] });
  });

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

  test.each(['ld_power', 'LD_power', 'path', 'TEMP', 'R_load', 'python_version', 'a_b2', 'BASHFUL'])(
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
