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
    ...words('XDG_CONFIG_HOME XDG_CONFIG_DIRS XDG_DATA_HOME XDG_DATA_DIRS XDG_CACHE_HOME ZDOTDIR FPATH'),
    ...words('GLOBIGNORE EXECIGNORE TERMINFO EDITOR BROWSER LESSOPEN TAR_OPTIONS GETCONF_DIR HOSTALIASES'),
    ...words('LOCALDOMAIN RES_OPTIONS TZDIR HDF5_PLUGIN_PATH SSL_CLIENT_CERT SSLKEYLOGFILE OPENSSL_MODULES'),
    ...words('NETRC SSH_ASKPASS SSH_AUTH_SOCK _PYTHON_SYSCONFIGDATA_NAME __PYVENV_LAUNCHER__ PYENV_VERSION'),
    ...words('IPYTHONDIR PY_SAX_PARSER PREFIX NODEJS_ORG_MIRROR SETUPTOOLS_USE_DISTUTILS PERLLIB PERL5DB'),
    ...words('MATLABPATH RUBYGEMS_GEMDEPS GEM_HOME GEM_PATH GEMRC BUNDLE_GEMFILE DLN_LIBRARY_PATH RHOME'),
    ...words('R_TESTS R_DEFAULT_PACKAGES R_MAKEVARS_USER JAVA_HOME JDK_JAVAC_OPTIONS LUA_INIT LUA_INIT_5_4'),
    ...words('LUA_PATH LUA_CPATH_5_4 PHPRC PHP_INI_SCAN_DIR MATLAB_PREFDIR DOTNET_STARTUP_HOOKS'),
    ...words('DOTNET_gcServer COMPlus_Foo CORECLR_PROFILER_PATH MONO_PATH TCLLIBPATH TCL_LIBRARY'),
    ...words('TCL8_6_TM_PATH TCL8.6_TM_PATH OCTAVE_PATH OCTAVE_SITE_INITFILE CC CFLAGS LDSHARED CPATH'),
    ...words('LIBRARY_PATH GCC_EXEC_PREFIX MAKEFLAGS MAKEFILES'),
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

  test.each(['pump-power', 'Größe', 'time const', '2f', 'x.y', 'PPID'])(
    'a value of %s would never arrive',
    (name) => {
      const message = new RegExp(`must not be "${name}": sh (hands on only|sets)`);
      expect(problemOf(withParameter(`name: "${name}", data_type: str`))).toMatch(message);
      expect(problemOf(withParameter(`name: "${name}", data_type: experiment`))).toMatch(message);
      expect(problemOf(`${noActions}constants:\n  "${name}": x\n`)).toMatch(message);
    },
  );

  test.each([
    ...words('TEMP MODE PORT USER USER_GAIN NAME TZ LANG LC_ALL TERM HOST PATHS XDG R_LOAD R_USER'),
    ...words('RUBY_POWER GEM_GAIN BUNDLE_LENGTH MONO_GRATING OCTAVE_SPAN TCL_SETPOINT LD AR AS FC UV PIP'),
    ...words('PS1 FLAGS SSH_HOST HDF5_USE_FILE_LOCKING OMP_NUM_THREADS prefix cc Xdg_config_home MAKER'),
    ...words('TIMEOUT LINENO UID RANDOM _ _2f'),
  ])('%s stays free', (name) => {
    expect(problemOf(withParameter(`name: "${name}", data_type: str`))).toBe('none');
    expect(problemOf(`${noActions}constants:\n  "${name}": x\n`)).toBe('none');
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

function words(text: string): string[] {
  return text.split(' ');
}
