import { InvalidArgumentError } from './errors/errors.ts';
import { parseUrl } from './parse-url.ts';

/**
 * The base address of a server: with or without a path, always with one slash at its end.
 *
 * @throws InvalidArgumentError for what is no address of a server.
 */
export function parseServerUrl(url: string | URL): URL {
  if (typeof url !== 'string' && !(url instanceof URL)) {
    throw new InvalidArgumentError(`The url must be a text like "http://localhost:8000", not ${typeof url}.`);
  }
  const text = String(url).trim();
  // In a page, "/" is the server that the page came from.
  const base = (globalThis as { location?: { href: string } }).location?.href;
  const parsed = text === '' ? undefined : parseUrl(text, base);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new InvalidArgumentError(
      `The url must begin with http:// or https://, like "http://localhost:8000"; "${text}" does not.`,
    );
  }
  if (parsed.username || parsed.password) {
    throw new InvalidArgumentError('The url must not hold a user or password. Give { token } instead.');
  }
  if (parsed.search || parsed.hash) {
    throw new InvalidArgumentError(
      `The url must end with its path; "${parsed.search}${parsed.hash}" is too much.`,
    );
  }
  // A `?` or `#` with nothing behind it is still there, and would end the path before what is added to it.
  parsed.search = '';
  parsed.hash = '';
  parsed.pathname = `${parsed.pathname.replace(/\/+$/, '')}/`;
  return parsed;
}
