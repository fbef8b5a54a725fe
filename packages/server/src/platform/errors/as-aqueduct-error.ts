import { codeOf } from '../storage/code-of.ts';
import { AqueductError } from './aqueduct-error.ts';

/** Codes of the operating system and the databases that mean "no room". */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', '53100']);

/**
 * Codes that pass by themselves or by an administrator's hand: a lock, a database that is lost, or whose name or network
 * is, or that lets nobody in, a disk that fails or can only be read, or whose program ended, a statement or a session that
 * PostgreSQL ended because it took too long, or stood in the way of another one.
 */
const UNAVAILABLE =
  /^(SQLITE_(BUSY|LOCKED|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_|(EHOST|ENET)(UNREACH|DOWN)|EADDRNOTAVAIL|ENOTCONN|EPIPE|EPROTO|ERR_(SSL|TLS)_|(\w+_)?CERT(_|$)|UNABLE_TO_|ETIMEDOUT|EROFS|EACCES|EPERM|EIO|ESTALE|EUCLEAN|EMFILE|ENFILE|57P0\d|57014|40001|40P01|55000|55P03|25P0[34]|08\d{3}|28(000|P01)|3D000|53\d{3}|58\w{3}|XX00[12]|25006)/;

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

/** node-postgres reports a connection lost in the middle without any code, and one that is refused before TLS begins. */
function isLostConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|The server does not support SSL connections|There was an error establishing an SSL connection)/.test(
      error.message,
    )
  );
}
