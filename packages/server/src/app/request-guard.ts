import { restPaths } from '@aqueduct/contract';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../platform/config/config.ts';
import { hostOfHeader } from '../platform/config/host-form.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { isProbed } from './health.ts';

/** What the guard looks at; forwarded headers are in it where they come from a trusted proxy. */
export interface GuardedRequest {
  readonly method: string;
  /** The pattern of the route that takes it, as it was registered; `undefined` where none does, which means a page. */
  readonly route: string | undefined;
  readonly hasQuery: boolean;
  /** Host with its port; with commas where the client names several. */
  readonly host: string | undefined;
  /** By which a trusted proxy asked, where it forwards another one. */
  readonly proxyHost: string | undefined;
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
  const host = hostOf(request);
  return {
    method: request.method,
    route: request.is404 ? undefined : request.routeOptions.url,
    hasQuery: request.url.includes('?'),
    host,
    proxyHost: host === request.host && host !== headers.host ? headers.host : undefined,
    protocol: request.protocol,
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site'] as string | undefined,
    fetchMode: headers['sec-fetch-mode'] as string | undefined,
    fetchDest: headers['sec-fetch-dest'] as string | undefined,
  };
}

function hostOf({ raw, host, originalUrl }: FastifyRequest): string | undefined {
  // RFC 9112, 3.2.2: a host within the request target replaces the header.
  const [, target] = /^[a-z]+:\/\/([^/?#]*)/i.exec(originalUrl) ?? [];
  if (target !== undefined) return target;
  // Node keeps the first of several headers.
  const { rawHeaders } = raw;
  const named = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host');
  return named.length > 1 ? named.join(', ') : host || undefined;
}

/**
 * Keeps other web sites from using the server through a visitor's browser: by a name that they make point here (`Host`,
 * against DNS rebinding) or by a request from their pages (`Origin`, `Sec-Fetch-Site`, against forgery).
 *
 * @throws AqueductError `MISDIRECTED` or `FORBIDDEN`.
 */
export function guardRequest(request: GuardedRequest, config: GuardConfig): void {
  const { host, proxyHost, origin, fetchSite } = request;
  if (host?.includes(',')) {
    throw new AqueductError(
      'BAD_INPUT',
      `A request is for one host, this one names "${host.slice(0, 100)}".`,
    );
  }
  if (!isProbed(request.route)) {
    requireAllowed(host ?? '', config);
    // Many proxies pass on what a browser says that it is forwarded for.
    if (proxyHost !== undefined) requireAllowed(proxyHost, config);
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

function requireAllowed(host: string, config: GuardConfig): void {
  if (host !== '' && isAllowedHost(hostOfHeader(host), config)) return;
  throw new AqueductError(
    'MISDIRECTED',
    `This server does not answer for the host "${host.slice(0, 100)}". If it should, add the name to AQUEDUCT_ALLOWED_HOSTS.`,
  );
}

/** Loopback names with any port: tunnels and port mappings change it. */
function isAllowedHost(host: string, { allowedHosts, publicUrl }: GuardConfig): boolean {
  const name = host.replace(/:\d*$/, '');
  if (/^(localhost|([a-z\d-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name)) return true;
  if (publicUrl !== undefined && isHostOf(new URL(publicUrl), host)) return true;
  return allowedHosts.includes(host) || allowedHosts.includes(name);
}

/** Some proxies write the port of the scheme, which the address leaves out. */
function isHostOf({ host, protocol }: URL, named: string): boolean {
  return host === named || `${host}:${protocol === 'https:' ? 443 : 80}` === named;
}

function isOwnOrigin(
  origin: string,
  { protocol, host }: GuardedRequest,
  { publicUrl }: GuardConfig,
): boolean {
  if (publicUrl !== undefined && new URL(publicUrl).origin === origin) return true;
  const own = `${protocol}://${host?.toLowerCase()}`;
  // As above: browsers leave it out too.
  return origin === own || origin === URL.parse(own)?.origin;
}

/** Routes that people link to, besides those of no route: the pages. */
const LINKED_ROUTES = new Set(['/api/docs', '/api/files/:uuid/:name', '/api/zip/:uuid']);

/** Links from a wiki must work: a navigation to a page or a download changes nothing and is shown to nobody else. */
function isLinkFollowed({ method, route, hasQuery, fetchMode, fetchDest }: GuardedRequest): boolean {
  if (method !== 'GET' || fetchMode !== 'navigate' || fetchDest !== 'document') return false;
  // Without a query, GraphQL answers browsers with a page.
  return route === undefined || LINKED_ROUTES.has(route) || (route === restPaths.graphql && !hasQuery);
}
