import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Storage, StoredObject } from '../platform/storage/storage.ts';

const FIELD = 'file';
/** Others are read and dropped. */
const MOST_PARTS = 100;
/** What a form may have around its file. */
const FORM_BYTES = 64 * 1024;

/**
 * Stores the field `file` of a multipart form while it comes in. Other fields are dropped.
 *
 * @throws AqueductError `BAD_INPUT` for forms without exactly one such field, or that end too early; nothing is
 * stored then.
 */
export async function receiveUpload(
  request: IncomingMessage,
  storage: Storage,
  maxBytes: number,
): Promise<StoredObject> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES) {
    throw new AqueductError('TOO_LARGE', `Maximum file size limit (${maxBytes} bytes) exceeded.`);
  }
  const form = openForm(request);
  let stored: Promise<StoredObject> | undefined;
  let current: BusboyFileStream | undefined;
  let isWrong = false;
  form.on('file', (field: string, stream: BusboyFileStream) => {
    // busboy ends the stream of a part quietly when the form breaks off.
    stream.on('error', () => undefined);
    if (field !== FIELD || stored) {
      isWrong ||= field === FIELD;
      stream.resume();
      return;
    }
    current = stream;
    stored = storage.put(stream, { maxBytes });
    stored.catch((error: unknown) => form.destroy(error instanceof Error ? error : undefined));
  });
  form.on('partsLimit', () => form.destroy(notAForm()));

  try {
    await pipeline(request, form);
  } catch (error) {
    current?.destroy(notAForm());
    const failure = await stored?.then(
      async (object) => void (await storage.remove(object.key)),
      (reason: unknown) => reason,
    );
    // What storing says comes first: it is why the form was given up.
    throw failure instanceof AqueductError || isSystemError(failure) ? failure : notAForm(error);
  }
  const object = await stored;
  if (object && !isWrong) return object;
  if (object) await storage.remove(object.key);
  throw notAForm();
}

function openForm(request: IncomingMessage) {
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      isPartAFile: (field, _type, fileName) => field === FIELD || fileName !== undefined,
      limits: { parts: MOST_PARTS, fieldSize: FORM_BYTES, headerPairs: 50 },
      highWaterMark: 1024 * 1024,
      fileHwm: 1024 * 1024,
    });
  } catch (error) {
    throw notAForm(error);
  }
}

function notAForm(cause?: unknown): AqueductError {
  return new AqueductError('BAD_INPUT', 'The file is not sent correctly.', { cause });
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
