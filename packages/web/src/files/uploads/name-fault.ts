import { isFileName, limits } from '@aqueduct/client/protocol';

const FORBIDDEN = /[/\\:*?"<>|]/g;

/** Why no file can have this name on the server; undefined where one can. Completes "Its name …". */
export function nameFault(name: string): string | undefined {
  if (isFileName(name)) return undefined;
  const forbidden = [...new Set(name.match(FORBIDDEN))];
  if (forbidden.length > 0) return `has ${forbidden.join(' ')} in it`;
  if (/\p{Cc}/u.test(name)) return 'has control characters in it';
  if (/[. ]$/.test(name)) return 'ends with a dot or a blank';
  if (new TextEncoder().encode(name).length > limits.fileNameBytes)
    return `is longer than ${limits.fileNameBytes} bytes`;
  return 'is one that not every system allows';
}
