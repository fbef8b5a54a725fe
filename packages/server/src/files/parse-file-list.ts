import type { IncomingMessage } from 'node:http';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { textOf } from '../platform/http/text-of.ts';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json *(?:;|$)/i;

/** Reads `{"file_list": ["a", "b"]}`; anything else is refused with a list of what is wrong, as the contract has it. */
export async function parseFileList(request: IncomingMessage, maxBytes: number): Promise<string[]> {
  const source = await readBytes(request, maxBytes);
  if (source.length === 0) refuse('missing', ['body'], 'Field required', null);
  // Other pages may send texts and forms without asking first.
  if (!JSON_TYPE.test(request.headers['content-type'] ?? 'application/json'))
    refuse('model_attributes_type', ['body'], 'Input should be a valid dictionary', null);
  let body: unknown;
  try {
    body = JSON.parse(textOf(source));
  } catch {
    refuse('json_invalid', ['body'], 'JSON decode error', {});
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    refuse('model_attributes_type', ['body'], 'Input should be a valid dictionary', null);
  }
  const list: unknown = Object.hasOwn(body, 'file_list')
    ? (body as { file_list: unknown }).file_list
    : undefined;
  if (list === undefined) refuse('missing', ['body', 'file_list'], 'Field required', {});
  if (!Array.isArray(list)) refuse('list_type', ['body', 'file_list'], 'Input should be a valid list', null);
  return list.map((name: unknown, i) => {
    if (typeof name !== 'string')
      refuse('string_type', ['body', 'file_list', i], 'Input should be a valid string', null);
    return name;
  });
}

/** Leaves the rest of a body that is too long unread: destroying the request would take the answer's socket away. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) return chunks.push(chunk);
      request.removeAllListeners('data');
      request.pause();
      return reject(
        new AqueductError(
          'TOO_LARGE',
          `The list of files is longer than ${maxBytes} bytes. Delete them in parts.`,
        ),
      );
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', (cause) => reject(new AqueductError('BAD_INPUT', 'The list broke off.', { cause })));
  });
}

function refuse(type: string, loc: readonly (string | number)[], msg: string, input: unknown): never {
  throw new AqueductError('INVALID_BODY', msg, { details: [{ type, loc, msg, input }] });
}
