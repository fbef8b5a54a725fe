import { AqueductConfigError } from './config-error.ts';
import { postgresVariables } from './original-variables.ts';
import { wholeNumber } from './setting-parsers.ts';

const port = wholeNumber(1, 65535, 'a port');

/**
 * The database address from the original's five variables.
 *
 * @param given - whether an address is given already, which then wins
 */
export function postgresUrlFromParts(
  env: Readonly<Record<string, string | undefined>>,
  given: boolean,
): { url?: string; notice?: string } {
  const present = postgresVariables.filter((name) => env[name]);
  if (present.length === 0) return {};
  if (given) return { notice: `${present.join(', ')}: without effect, because a database address is given.` };

  const missing = postgresVariables.filter((name) => !env[name]);
  if (missing.length > 0) {
    return {
      notice: `${missing.join(', ')} not set: the other POSTGRES_* have no effect, and SQLite is used.`,
    };
  }
  const portNumber = port.parse(env.POSTGRES_PORT ?? '');
  if (portNumber === undefined) {
    throw new AqueductConfigError(
      `The environment variable POSTGRES_PORT must be ${port.allowed}, but it is ${JSON.stringify(env.POSTGRES_PORT)}.`,
    );
  }
  const [user, password, host, , database] = postgresVariables.map((name) =>
    encodeURIComponent(env[name] ?? ''),
  );
  return { url: `postgres://${user}:${password}@${host}:${portNumber}/${database}` };
}
