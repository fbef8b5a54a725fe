import { pino } from 'pino';
import type { Config } from '../config/config.ts';
import type { Logger } from './logger.ts';

/** Structured lines for machines; on a terminal, a line that people can read. */
export function createLogger({ logLevel, logFormat }: Pick<Config, 'logLevel' | 'logFormat'>): Logger {
  const isText = logFormat === 'text' || (logFormat === 'auto' && process.stderr.isTTY);
  const options = { level: logLevel, base: undefined };
  return pino(
    options,
    isText ? { write: (line) => process.stderr.write(readable(line)) } : pino.destination(2),
  );
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
  return `${clock} ${(LEVELS[level] ?? '').padEnd(5)} ${msg ?? ''}${facts ? ` (${facts})` : ''}\n`;
}
