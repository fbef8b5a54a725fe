import { median } from '../statistics.ts';
import { HttpConnection } from './http-connection.ts';

/** What a load measured. */
export interface Load {
  /** Answers per second. */
  readonly rate: number;
  /** The median time of an answer, in milliseconds. */
  readonly p50: number;
}

/** Until when a load goes on: for so many seconds, or for so many requests in all. */
export type Extent = { readonly seconds: number } | { readonly requests: number };

/**
 * Sends requests over some connections, on each the next as soon as the answer before is there.
 *
 * @param next - Gives the request of a number, counted from 0 over all connections.
 * @throws Error when an answer is anything but 200: a fast failure must not look like speed.
 */
export async function runLoad(
  port: number,
  connections: number,
  extent: Extent,
  next: (number: number) => Buffer,
): Promise<Load> {
  const opened = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)));
  const times: number[] = [];
  const most = 'requests' in extent ? extent.requests : Number.POSITIVE_INFINITY;
  const started = performance.now();
  const deadline = 'seconds' in extent ? started + extent.seconds * 1000 : Number.POSITIVE_INFINITY;
  let sent = 0;
  await Promise.all(
    opened.map(async (connection) => {
      let before = performance.now();
      while (sent < most && before < deadline) {
        const answer = await connection.send(next(sent++));
        if (answer.status !== 200 || answer.beginning.includes('"errors":[')) {
          throw new Error(`An answer was no success:\n${answer.beginning}`);
        }
        const after = performance.now();
        times.push(after - before);
        before = after;
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  for (const connection of opened) connection.close();
  return { rate: times.length / elapsed, p50: median(times) };
}
