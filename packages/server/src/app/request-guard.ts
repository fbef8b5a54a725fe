import type { FastifyRequest } from 'fastify';
import type { Config } from '../platform/config/config.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';

/** What the guard looks at; forwarded headers are in it where they come from a trusted proxy. */
export interface GuardedRequest {
  readonly method: string;
  /** Path and query below the base path. */
  readonly url: string;
  /** Host with its port. */
  readonly host: string | undefined;
  readonly protocol: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
  readonly fetchDest: string | undefined;
}

type GuardConfig = Pick<Config, 'allowedHosts' | 'publicUrl'>;

/** What the guard needs of a request. */
export function guardedRequest(request: FastifyRequest): GuardedRequest {
  const { headers } = request;
  return {
    method: request.method,
    url: request.url,
    host: request.host || undefined,
    protocol: request.protocol,
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site'] as string | undefined,
    fetchMode: headers['sec-fetch-mode'] as string | undefined,
    fetchDest: headers['sec-fetch-dest'] as string | undefined,
  };
}

/**
 * Keeps other web sites from using the server through a visitor's browser: by a name that they make point here (`Host`,
 * against DNS rebinding) or by a request from their pages (`Origin`, `Sec-Fetch-Site`, against forgery).
 *
 * @throws AqueductError `MISDIRECTED` or `FORBIDDEN`.
 */
export function guardRequest(request: GuardedRequest, config: GuardConfig): void {
  const { host, origin, fetchSite } = request;
  if (host === undefined || !isAllowedHost(host.toLowerCase(), config)) {
    throw new AqueductError(
      'MISDIRECTED',
      `This server does not answer for the host "${(host ?? '').slice(0, 100)}". If it should, add the name to AQUEDUCT_ALLOWED_HOSTS.`,
    );
  }
  if (origin !== undefined && !isOwnOrigin(origin.toLowerCase(), request, config)) {
    throw new AqueductError(
      'FORBIDDEN',
      `Pages of "${origin.slice(0, 100)}" may not use this server. If they should, set AQUEDUCT_PUBLIC_URL to that address.`,
    );
  }
  const isOwnPage = fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
  if (!isOwnPage && !isLinkFollowed(request)) {
    throw new AqueductError('FORBIDDEN', 'Pages of other sites may only link to this server, not use it.');
  }
}

/** Loopback names with any port: tunnels and port mappings change it. */
function isAllowedHost(host: string, { allowedHosts, publicUrl }: GuardConfig): boolean {
  const name = host.replace(/:\d*$/, '');
  if (/^(localhost|([a-z\d-]+\.)+localhost|127\.0\.0\.1|\[::1\])$/.test(name)) return true;
  if (publicUrl !== undefined && new URL(publicUrl).host === host) return true;
  return allowedHosts.includes(host) || allowedHosts.includes(name);
}

function isOwnOrigin(
  origin: string,
  { protocol, host }: GuardedRequest,
  { publicUrl }: GuardConfig,
): boolean {
  if (publicUrl !== undefined && new URL(publicUrl).origin === origin) return true;
  return origin === `${protocol}://${host?.toLowerCase()}`;
}

/** Links from a wiki must work: a navigation to a page or a download changes nothing and is shown to nobody else. */
function isLinkFollowed({ method, url, fetchMode, fetchDest }: GuardedRequest): boolean {
  const path = url.split('?')[0] ?? '';
  const isApi = path.startsWith('/api') && !/^\/api\/(docs|files\/[^/]+\/[^/]+)\/?$/.test(path);
  return method === 'GET' && fetchMode === 'navigate' && fetchDest === 'document' && !isApi;
}
