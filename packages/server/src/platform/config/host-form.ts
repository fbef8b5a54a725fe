import { isIPv6 } from 'node:net';

/** A host of the configuration as addresses of the web write it: a name in small letters, IPv6 shortened and in brackets. */
export function hostInUrl(host: string): string {
  // Addresses of the web know no zones, as in `fe80::1%eth0`.
  const bare = isIPv6(host) ? `[${host.replace(/%.*/, '')}]` : host;
  return URL.parse(`http://${bare}`)?.hostname ?? host.toLowerCase();
}

/** The same for what a header `Host` holds, with its port. Clients send IPv6 as it was typed. */
export function hostOfHeader(header: string): string {
  const [, address, port = ''] = /^\[([\da-f:.]+)\](:\d*)?$/i.exec(header) ?? [];
  return address === undefined ? header.toLowerCase() : hostInUrl(address) + port;
}

/** Whether a server that listens at this host does so at all addresses of its computer. */
export function isEverywhere(host: string): boolean {
  return ['0.0.0.0', '[::]'].includes(hostInUrl(host));
}
