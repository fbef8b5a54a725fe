import { describe, expect, test } from 'vitest';
import { noActions, problemOf, withParameter } from './testing/manifests.ts';

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
