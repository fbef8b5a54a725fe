/**
 * Names that steer the shell, the loader of programs, an interpreter or its packages, or whom a program trusts: set by
 * a parameter they would run something else than the action's script. All of them are written in capitals, so
 * `LD_power` stays free.
 */
const STEERING =
  /^(?:PATH|HOME|IFS|ENV|SHELL|SHELLOPTS|BASHOPTS|PS4|CDPATH|PWD|OLDPWD|OPTIND|POSIXLY_CORRECT|BASH_.*|(?:LD|DYLD|MALLOC|NODE|NPM|GIT|PIP|UV|CONDA|SSL_CERT|AQUEDUCT)_[A-Z\d_]*|GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH|TMPDIR|PYTHON[A-Z\d_]*|VIRTUAL_ENV|PERL[A-Z\d_]*|RUBY(?:LIB|OPT|PATH|SHELL)|R_(?:HOME|PROFILE|PROFILE_USER|ENVIRON|ENVIRON_USER|LIBS|LIBS_USER|LIBS_SITE)|JULIA_[A-Z\d_]*|CLASSPATH|_?JAVA_(?:TOOL_)?OPTIONS|JDK_JAVA_OPTIONS|OPENSSL_CONF|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE)$|^npm_/;
const PROXY = /_proxy$/i;
/** Replaced in scripts before the shell sees them. */
const REPLACED: ReadonlySet<string> = new Set(['python', 'node']);
/** Set by the server for every task, whatever the manifest says. */
const GIVEN: ReadonlySet<string> = new Set(['api_token', 'API_TOKEN', 'aqueduct_key', 'aqueduct_url']);

const LONGEST_NAME = 128;

/** Why an environment variable of an action can't be called so; undefined where it can. */
export function faultOfVariableName(name: string): string | undefined {
  if (name === '') return 'must not be empty';
  if ([...name].length > LONGEST_NAME) return `must not be longer than ${LONGEST_NAME} characters`;
  if (/[=\p{Cc}]/u.test(name))
    return 'must not hold "=" or control characters: it is an environment variable';
  if (REPLACED.has(name)) return `must not be "${name}": scripts say $${name} for the interpreter`;
  if (STEERING.test(name) || PROXY.test(name)) {
    return `must not be "${name}": this environment variable steers the shell or other programs`;
  }
  return undefined;
}

/** The same for a parameter, whose value would never arrive where the server sets the variable itself. */
export function faultOfParameterName(name: string): string | undefined {
  if (GIVEN.has(name)) return `must not be "${name}": the server gives this variable to every action`;
  return faultOfVariableName(name);
}
