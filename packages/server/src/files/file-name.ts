import { isFileName } from '@aqueduct/contract';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';

/** @throws AqueductError `BAD_INPUT` for names that are none. */
export function requireFileName(name: string): void {
  if (!isFileName(name)) throw new AqueductError('BAD_INPUT', 'Invalid file name.');
}

/**
 * The file's name in the headers of an upload: `file_name`, or `X-File-Name` where a proxy drops names with an
 * underscore; only the latter may be percent-encoded.
 *
 * @param rawHeaders - Names and values as Node gives them: bytes as latin-1 characters, repeated headers apart.
 */
export function fileNameOf(rawHeaders: readonly string[]): string {
  const found = headerValues(rawHeaders, 'file_name');
  const encoded = headerValues(rawHeaders, 'x-file-name');
  const [name, ...others] =
    found.length > 0 ? found.map(decodeBytes) : encoded.map(decodeBytes).map(decodePercent);
  if (name === undefined) throw new AqueductError('INVALID_BODY', 'Filename header is missing.');
  if (others.length > 0) throw new AqueductError('BAD_INPUT', 'Invalid file name.');
  requireFileName(name);
  return name;
}

/**
 * The file's name in the header `Upload-Metadata` of tus, in Base64; undefined where there is none.
 *
 * @param header - Found to be well-formed by the protocol's package, which would put U+FFFD for all that is no UTF-8:
 *   several names would become one.
 */
export function fileNameInMetadata(header: string): string | undefined {
  const [, base64] = /(?:^|,)filename ([^,]+)/.exec(header) ?? [];
  return base64 === undefined ? undefined : decodeBytes(Buffer.from(base64, 'base64').toString('latin1'));
}

function headerValues(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}

/** curl sends UTF-8, browsers send latin-1: bytes that are valid UTF-8 are UTF-8. */
function decodeBytes(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
