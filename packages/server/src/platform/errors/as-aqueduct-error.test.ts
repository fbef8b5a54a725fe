import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { notReadable } from '../storage/not-readable.ts';
import { notWritable } from '../storage/not-writable.ts';
import { asAqueductError } from './as-aqueduct-error.ts';

test.each([
  ['whose name nobody knows', 'getaddrinfo ENOTFOUND db'],
  ['whose name nobody can be asked for', 'getaddrinfo EAI_AGAIN db'],
  ['whose machine is off', 'connect EHOSTUNREACH 192.168.0.2:5432'],
  ['whose machine is known to be off', 'connect EHOSTDOWN 192.168.0.2:5432'],
  ['to which there is no way', 'connect ENETUNREACH 192.168.0.2:5432'],
  ['whose network is off', 'connect ENETDOWN 192.168.0.2:5432'],
  ['to which no port leads any more', 'connect EADDRNOTAVAIL 192.168.0.2:5432'],
])('a database %s may be there later', (_, message) => {
  const [, code] = message.split(' ');
  const error = Object.assign(new Error(message), { code });
  expect(asAqueductError(error)).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
});

test.each([
  ['has another certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
  ['has an old certificate', 'CERT_HAS_EXPIRED', 'certificate has expired'],
  [
    'has the certificate of another machine',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'Host: db. is not in the alt names',
  ],
  ['speaks no TLS', undefined, 'The server does not support SSL connections'],
  ['has no room for another connection', undefined, 'There was an error establishing an SSL connection'],
])('a database that %s may be as it was later', (_, code, message) => {
  const error = Object.assign(new Error(message), { code });
  expect(asAqueductError(error)).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
});

test.each([
  ['was given out anew by its server', 'Unknown system error -116', -constants.errno.ESTALE],
  ['is found to be damaged', 'Unknown system error -117', -117],
  ['a program served', 'ENOTCONN', -constants.errno.ENOTCONN],
  ['lets nobody change a folder', 'EPERM', -constants.errno.EPERM],
])('a disk that %s may be as it was later', (_, code, errno) => {
  const error = Object.assign(new Error(`${code}: …, open '/data/objects'`), { code, errno });
  expect(asAqueductError(error)).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
  expect(notWritable(error)).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
  expect(notReadable(error)).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
});
