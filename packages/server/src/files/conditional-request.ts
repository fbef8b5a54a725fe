import type { IncomingHttpHeaders } from 'node:http';
import parseRange from 'range-parser';
import type { ByteRange } from '../platform/storage/storage.ts';

/** Whether a request is about another version (RFC 9110, 13.1): `If-Match` counts before `If-Unmodified-Since`. */
export function isOfAnotherVersion(headers: IncomingHttpHeaders, etag: string, modified: Date): boolean {
  const match = headers['if-match'];
  if (match !== undefined)
    return match.trim() !== '*' && match.split(',').every((tag) => tag.trim() !== etag);
  return wholeSeconds(modified) > Date.parse(headers['if-unmodified-since'] ?? '');
}

/** RFC 9110, 13.1: `If-None-Match` counts before `If-Modified-Since`. */
export function isNotModified(headers: IncomingHttpHeaders, etag: string, modified: Date): boolean {
  const match = headers['if-none-match'];
  if (match !== undefined) {
    return match.trim() === '*' || match.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return wholeSeconds(modified) <= since;
}

/**
 * The part that is asked for. Several parts at once, and what is no range at all, get the whole (RFC 9110, 14.2), as
 * does a range of another version (`If-Range`). A date doesn't tell versions of one second apart: none counts.
 */
export function requestedRange(
  headers: IncomingHttpHeaders,
  size: number,
  etag: string,
): ByteRange | 'unsatisfiable' | undefined {
  if (headers.range === undefined) return undefined;
  const version = headers['if-range'];
  if (version !== undefined && version !== etag) return undefined;
  if (isInvalid(headers.range)) return undefined;
  // A suffix longer than the file is the whole file (RFC 9110, 14.1.2), which range-parser does not know.
  const header = headers.range.replace(
    /^bytes=-(\d+)$/i,
    (_, length) => `bytes=-${Math.min(Number(length), size)}`,
  );
  const ranges = parseRange(size, header, { combine: true });
  if (ranges === -1) return /^bytes=/i.test(headers.range) ? 'unsatisfiable' : undefined;
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  return ranges[0];
}

/** Whether a range ends before it begins: then none of them count (RFC 9110, 14.1.1). */
function isInvalid(range: string): boolean {
  return range.split(/[=,]/).some((part) => {
    const [, first, last] = /^\s*(\d+)-(\d+)\s*$/.exec(part) ?? [];
    return Number(first) > Number(last);
  });
}

/** HTTP dates have no fractions. */
function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}
