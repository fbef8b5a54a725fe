import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { ExperimentOrder } from './experiment-filters.ts';

/** The last row of a page: its id, and what the list is sorted by. */
interface Position {
  readonly id: number;
  readonly key: number | string;
}

/** Writes a position in a list as a text that means nothing to anyone but {@link parseCursor}. */
export function cursorOf(order: ExperimentOrder, id: number, key: number | string): string {
  return Buffer.from(JSON.stringify([order, id, key])).toString('base64url');
}

/** @throws AqueductError `BAD_INPUT` for texts that are no cursor of a list in this order. */
export function parseCursor(cursor: string, order: ExperimentOrder): Position {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position) && position[0] === order) {
      const [, id, key] = position as unknown[];
      const sortsByTitle = order.startsWith('TITLE');
      if (Number.isSafeInteger(id) && (sortsByTitle ? typeof key === 'string' : Number.isSafeInteger(key))) {
        return { id: id as number, key: key as number | string };
      }
    }
  } catch {
    // The sentence below says all there is to say.
  }
  throw new AqueductError(
    'BAD_INPUT',
    `"${cursor.slice(0, 80)}" is no cursor of a list in the order ${order}. Take endCursor of the page before.`,
  );
}
