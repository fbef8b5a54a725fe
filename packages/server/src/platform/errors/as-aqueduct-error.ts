import { codeOf } from '../storage/code-of.ts';
import { AqueductError } from './aqueduct-error.ts';

/** Codes of the operating system and the databases that mean "no room". */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', '53100']);

/** Codes that pass by themselves or by an administrator's hand. Those with a digit first are PostgreSQL's. */
const PASSING = [
  // A lock, or a database that can't be read or written.
  'SQLITE_(BUSY|LOCKED|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)',
  // Another machine that is away, or whose name or network is.
  'ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_|(EHOST|ENET)(UNREACH|DOWN)|EADDRNOTAVAIL|ENOTCONN|EPIPE|ETIMEDOUT|08...',
  // A certificate that is not the one, or not yet or no more good.
  String.raw`EPROTO|ERR_(SSL|TLS)_|(\w+_)?CERT(_|$)|UNABLE_TO_`,
  // A disk that fails, is not as it was, or can only be read.
  'EIO|ESTALE|EUCLEAN|EROFS|EACCES|EPERM|25006|58...|XX00[12]',
  // No room for another file or connection.
  'EMFILE|ENFILE|53...',
  // A database that starts, stops, or lets nobody in.
  '57P0.|28000|28P01|3D000|55000',
  // A statement or a session that took too long, or stood in the way of another one.
  '57014|40001|40P01|55P03|25P0[34]',
];
const UNAVAILABLE = new RegExp(`^(${PASSING.join('|')})`);

/**
 * What a failure means to the caller. Ours stay as they are; those of disk and database become `DISK_FULL` or
 * `UNAVAILABLE`; everything else is `INTERNAL`, whose cause only the log shows.
 */
export function asAqueductError(error: unknown): AqueductError {
  if (error instanceof AqueductError) return error;

  const code = codeOf(error);
  if (FULL.has(code) || code.startsWith('SQLITE_FULL')) {
    return new AqueductError(
      'DISK_FULL',
      'The disk of the server is full; nothing was stored. Try again later.',
      {
        cause: error,
      },
    );
  }
  if (UNAVAILABLE.test(code) || isLostConnection(error)) {
    return new AqueductError(
      'UNAVAILABLE',
      'The storage of the server does not answer right now; nothing was changed. Try again later.',
      { cause: error, retryAfter: 2 },
    );
  }
  return new AqueductError('INTERNAL', 'Internal server error', { cause: error });
}

/** Whether a failure passes by itself or by an administrator's hand: the same may be possible later. */
export function isPassing(error: unknown): boolean {
  const { code } = asAqueductError(error);
  return code === 'DISK_FULL' || code === 'UNAVAILABLE';
}

/** What node-postgres reports without any code: a connection that is lost in the middle, or refused before TLS begins. */
const LOST_CONNECTION = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error',
  'The server does not support SSL connections',
  'There was an error establishing an SSL connection',
];

function isLostConnection(error: unknown): boolean {
  return error instanceof Error && LOST_CONNECTION.some((beginning) => error.message.startsWith(beginning));
}
