/*
 * Names that steer the shell, the loader of programs, an interpreter, a compiler or their packages, or whom a program
 * trusts: set by a parameter they would run something else than the action's script. What is called like a thing that
 * is measured (TEMP, PORT, USER, AR, LD) stays free, even where some program reads it.
 */

/**
 * What begins so and goes on in capitals; `LD_power` stays free. Where measurements have names with such a beginning
 * (R_LOAD, MONO_GRATING, OCTAVE_SPAN), single ones are named below instead.
 */
const FAMILIES: readonly string[] = [
  'LD_ DYLD_ MALLOC_ XDG_ SSL_CERT_ OPENSSL_ KRB5_ AQUEDUCT_',
  'PYTHON _PYTHON IPYTHON JUPYTER_ PYENV_ CONDA_ PIP_ _PIP_ UV_ SETUPTOOLS_ DISTUTILS_',
  'NODE_ NPM_ GYP_ GIT_ PERL JULIA_ JAVA_ _JAVA_ JDK_ LUA_ LUAROCKS_ PHP_ CORECLR_ ASPNETCORE_ NUGET_ MSBUILD MATLAB',
  'GCC_ PKG_CONFIG_ CMAKE_ CARGO_ RUSTUP_',
].flatMap((names) => names.split(' '));
const CAPITALS = /^[A-Z\d_]+$/;
/** The same, whatever follows. The last is Tcl's, which has one for each of its versions. */
const PATTERNS = [/^(?:BASH|COMPlus|DOTNET|npm)_/, /_proxy$/i, /^TCL\d[\d_]*_TM_PATH$/];

const STEERING: ReadonlySet<string> = new Set(
  [
    // The shells, and what they start
    'PATH HOME IFS ENV SHELL SHELLOPTS BASHOPTS PS4 CDPATH PWD OLDPWD OPTIND POSIXLY_CORRECT GLOBIGNORE EXECIGNORE',
    'PROMPT_COMMAND INPUTRC FPATH EXECSHELL ZDOTDIR NULLCMD READNULLCMD TMPPREFIX TERMCAP TERMINFO TERMINFO_DIRS',
    'TERMPATH EDITOR VISUAL FCEDIT PAGER MANPAGER BROWSER LESSOPEN LESSCLOSE TAR_OPTIONS AWKPATH AWKLIBPATH',
    // What the C library reads, and the library of HDF5
    'GLIBC_TUNABLES GCONV_PATH GETCONF_DIR LOCPATH MUSL_LOCPATH NLSPATH TEXTDOMAINDIR TZDIR TMPDIR HOSTALIASES',
    'LOCALDOMAIN RES_OPTIONS RESOLV_HOST_CONF NIS_PATH HDF5_PLUGIN_PATH HDF5_PLUGIN_PRELOAD',
    // Whom programs trust, and what they fetch with
    'CURL_CA_BUNDLE REQUESTS_CA_BUNDLE SSL_CLIENT_CERT SSLKEYLOGFILE NETRC CURL_HOME WGETRC GNUPGHOME KRB5CCNAME',
    'SSH_ASKPASS SSH_ASKPASS_REQUIRE SSH_AUTH_SOCK SSH_SK_PROVIDER SSH_SK_HELPER SSH_PKCS11_HELPER SUDO_ASKPASS',
    'RSYNC_RSH RSYNC_CONNECT_PROG SVN_SSH HGRCPATH',
    // Python; Node, whose npm looks for its configuration below PREFIX
    'VIRTUAL_ENV __PYVENV_LAUNCHER__ PY_SAX_PARSER DIST_EXTRA_CONFIG PREFIX DESTDIR NODEJS_ORG_MIRROR NOPROXY',
    // Ruby
    'RUBYLIB RUBYLIB_PREFIX RUBYOPT RUBYPATH RUBYSHELL RUBYGEMS_GEMDEPS DLN_LIBRARY_PATH GEMRC GEM_HOME GEM_PATH',
    'GEM_SPEC_CACHE GEM_SKIP BUNDLE_GEMFILE BUNDLE_PATH BUNDLE_APP_CONFIG BUNDLE_BIN_PATH',
    // R
    'RHOME R_HOME R_PROFILE R_PROFILE_USER R_ENVIRON R_ENVIRON_USER R_LIBS R_LIBS_USER R_LIBS_SITE R_TESTS R_ARCH',
    'R_DEFAULT_PACKAGES R_SCRIPT_DEFAULT_PACKAGES R_SHARE_DIR R_INCLUDE_DIR R_DOC_DIR R_SHELL R_BROWSER R_PDFVIEWER',
    'R_LD_LIBRARY_PATH R_JAVA_LD_LIBRARY_PATH R_MAKEVARS_USER R_MAKEVARS_SITE R_SESSION_TMPDIR R_REPOSITORIES',
    'R_CRAN_WEB R_CRAN_SRC R_BIOC_MIRROR R_BIOC_VERSION',
    // The JVM, PHP and .NET
    'CLASSPATH JRE_HOME IBM_JAVA_OPTIONS OPENJ9_JAVA_OPTIONS PHPRC PSModulePath MSBuildSDKsPath',
    'MSBuildExtensionsPath MONO_PATH MONO_CONFIG MONO_CFG_DIR MONO_GAC_PREFIX MONO_ENV_OPTIONS',
    // Tcl, Octave, compiled MATLAB
    'TCLLIBPATH TCL_LIBRARY TK_LIBRARY OCTAVE_PATH OCTAVE_HOME OCTAVE_EXEC_HOME OCTAVE_EXEC_PATH OCTAVE_IMAGE_PATH',
    'OCTAVE_SITE_INITFILE OCTAVE_VERSION_INITFILE OCTAVE_EDITOR OCTAVE_INFO_PROGRAM MCR_CACHE_ROOT',
    // Compilers and make, which build packages
    'CC CXX LDSHARED LDCXXSHARED RANLIB CFLAGS CPPFLAGS CXXFLAGS LDFLAGS ARFLAGS ARCHFLAGS FFLAGS FCFLAGS LDLIBS',
    'CPATH COMPILER_PATH LIBRARY_PATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH OBJC_INCLUDE_PATH DEPENDENCIES_OUTPUT',
    'SUNPRO_DEPENDENCIES MAKE MAKEFILES MAKEFLAGS GNUMAKEFLAGS MFLAGS MAKESHELL VPATH PKG_CONFIG RUSTC RUSTC_WRAPPER',
    'RUSTFLAGS SDKROOT DEVELOPER_DIR',
  ].flatMap((names) => names.split(' ')),
);
/** Replaced in scripts before the shell sees them. */
const REPLACED: ReadonlySet<string> = new Set(['python', 'node']);
/** Set by the server for every task, whatever the manifest says. */
const GIVEN: ReadonlySet<string> = new Set(['api_token', 'API_TOKEN', 'aqueduct_key', 'aqueduct_url']);

const LONGEST_NAME = 128;
/** What sh takes from outside and hands on to the programs of a script; it drops others without a word. */
const PASSED_ON = /^[A-Za-z_][A-Za-z\d_]*$/;

/** Why an environment variable of an action can't be called so; undefined where it can. */
export function faultOfVariableName(name: string): string | undefined {
  if (name === '') return 'must not be empty';
  if ([...name].length > LONGEST_NAME) return `must not be longer than ${LONGEST_NAME} characters`;
  if (!PASSED_ON.test(name)) {
    const rule = 'letters from a to z or A to Z, digits and "_", with no digit first';
    return `must not be ${JSON.stringify(name)}: sh hands on only variables with names of ${rule}`;
  }
  if (name === 'PPID') return 'must not be "PPID": sh sets this variable itself';
  if (REPLACED.has(name)) return `must not be "${name}": scripts say $${name} for the interpreter`;
  if (steers(name)) {
    return `must not be "${name}": this environment variable steers the shell or other programs`;
  }
  return undefined;
}

/** The same for a parameter, whose value would never arrive where the server sets the variable itself. */
export function faultOfParameterName(name: string): string | undefined {
  if (GIVEN.has(name)) return `must not be "${name}": the server gives this variable to every action`;
  return faultOfVariableName(name);
}

function steers(name: string): boolean {
  if (STEERING.has(name) || PATTERNS.some((pattern) => pattern.test(name))) return true;
  return CAPITALS.test(name) && FAMILIES.some((beginning) => name.startsWith(beginning));
}
