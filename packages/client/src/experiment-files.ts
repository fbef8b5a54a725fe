import { filesPath, isFileName } from '@aqueduct/contract';
import { show } from './check-arguments.ts';
import type { Connection } from './connection.ts';
import { InvalidArgumentError } from './errors/errors.ts';

/** An experiment as far as its files need it. */
export interface FileOwner {
  readonly connection: Connection;
  readonly uuid: string;
  readonly eid: string;
}

/** Where a file is, below the server's address. */
export function filePath({ uuid }: FileOwner, name: string): string {
  return `${filesPath(uuid)}/${encodeURIComponent(name)}`;
}

/** For messages: which experiment, where. */
export function placeOf({ connection, eid }: FileOwner): string {
  return `experiment ${eid} at ${connection.place}`;
}

/** @throws InvalidArgumentError for what can not be the name of a file, and so neither leave its folder. */
export function checkFileName(name: unknown): asserts name is string {
  if (typeof name === 'string' && isFileName(name)) return;
  throw new InvalidArgumentError(
    `${show(name)} can not be the name of a file. A name has 1 to 255 bytes, no / \\ : * ? " < > | or control ` +
      'characters, no dot or blank at its end, and is not one that Windows keeps for itself, like "con".',
  );
}
