import { isIPv4 } from 'node:net';
import { AqueductConfigError } from './config-error.ts';

const LOOPBACK = ['127.0.0.1', '::1'] as const;

/**
 * The addresses to listen at. Without a login whoever reaches the server may do everything, so that only this
 * computer's own addresses are used unless the user says that this is wanted.
 */
export function listenAddresses(host: string | undefined, allowNoLogin: boolean): readonly string[] {
  if (host === undefined || host.toLowerCase() === 'localhost') return LOOPBACK;
  if (host === '::1' || (isIPv4(host) && host.startsWith('127.')) || allowNoLogin) return [host];

  throw new AqueductConfigError(
    `The host ${JSON.stringify(host)} would let everyone who reaches this computer in without login: leave the host ` +
      'out to listen on this computer only, or set AQUEDUCT_ALLOW_NO_LOGIN=1 if that is what you want.',
  );
}
