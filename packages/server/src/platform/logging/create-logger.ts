import { pino } from 'pino';
import type { Config } from '../config/config.ts';
import type { Logger } from './logger.ts';
import { printable } from './printable.ts';

/** Bytes that wait until they can be written; beyond, lines are dropped. */
const MOST_UNWRITTEN = 16 * 1024 * 1024;

/** Structured lines for machines; on a terminal, a line that people can read. */
export function createLogger({ logLevel, logFormat }: Pick<Config, 'logLevel' | 'logFormat'>): Logger {
  const isText = logFormat === 'text' || (logFormat === 'auto' && process.stderr.isTTY);
  const options = { level: logLevel, base: undefined };
  if (isText) return pino(options, { write: (line) => process.stderr.write(readable(line)) });
  return pino(options, standardError());
}

/**
 * What can't be written, as to a terminal that was closed or a full disk, must not end the server, nor keep it from its
 * end: pino would throw, and at the end try again for ever.
 */
function standardError(): pino.DestinationStream {
  const lines = pino.destination({ dest: 2, maxLength: MOST_UNWRITTEN });
  let isRefused = false;
  lines.on('error', () => {
    isRefused = true;
  });
  lines.on('write', () => {
    isRefused = false;
  });
  const flush = lines.flushSync.bind(lines);
  lines.flushSync = () => {
    if (!isRefused) flush();
  };
  return lines;
}

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** `13:37:00 warn  The message (key: value)`. */
function readable(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as {
    level: number;
    time: number;
    msg?: string;
    err?: { message?: string };
  };
  const facts = Object.entries({ ...rest, ...(err ? { cause: err.message } : {}) })
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
  const clock = new Date(time).toTimeString().slice(0, 8);
  const text = `${clock} ${(LEVELS[level] ?? '').padEnd(5)} ${msg ?? ''}${facts ? ` (${facts})` : ''}`;
  return `${printable(text)}\n`;
}
