import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import type { Services } from '../access/context.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { tooLarge } from '../platform/errors/too-large.ts';
import type { PutOptions, StoredObject } from '../platform/storage/storage.ts';
import { discardObject } from './discard-object.ts';

const FIELD = 'file';
/** Others are read and dropped. */
const MOST_PARTS = 100;
/** What a form may have around its file. */
const FORM_BYTES = 64 * 1024;

/**
 * Stores the field `file` of a multipart form while it comes in. Other fields are dropped.
 *
 * @throws AqueductError `BAD_INPUT` for forms without exactly one such field, or that end too early, `TOO_LARGE`, or
 * what storing throws; nothing is stored then, and the rest of the body is left unread.
 */
export async function receiveUpload(
  request: IncomingMessage,
  needs: Pick<Services, 'db' | 'storage' | 'log'>,
  { maxBytes, onTaken }: Required<Pick<PutOptions, 'maxBytes' | 'onTaken'>>,
): Promise<StoredObject> {
  // The form counts, too; a body in chunks does not tell.
  const expected = Number(request.headers['content-length'] ?? maxBytes);
  if (expected > maxBytes + FORM_BYTES) throw tooLarge(maxBytes);
  // Of a client that has gone before, nothing comes any more, not even a word of that.
  if (request.destroyed) throw notAForm();
  const form = openForm(request);
  let part: BusboyFileStream | undefined;
  let stored: Promise<StoredObject> | undefined;

  try {
    await new Promise<void>((resolve, reject) => {
      form.on('file', (field: string, stream: BusboyFileStream) => {
        // busboy ends the stream of a part quietly when the form breaks off.
        stream.on('error', () => undefined);
        if (field !== FIELD) stream.resume();
        else if (part) reject(notAForm());
        else {
          part = stream;
          stored = needs.storage.put(stream, { maxBytes, expected, onTaken });
          stored.catch(reject);
        }
      });
      form.on('partsLimit', () => reject(notAForm()));
      form.on('error', (error: unknown) => reject(notAForm(error)));
      form.on('finish', resolve);
      // The client has gone. What never emits `end` closes too.
      request.on('error', (error) => reject(notAForm(error)));
      request.on('close', () => request.complete || reject(notAForm()));
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes + FORM_BYTES) reject(tooLarge(maxBytes));
      });
      request.pipe(form);
    });
    if (!stored) throw notAForm();
    return await stored;
  } catch (error) {
    // Not destroyed: the answer goes out over the same socket.
    request.unpipe(form);
    request.removeAllListeners('data');
    request.pause();
    part?.destroy(notAForm());
    form.destroy();
    await stored?.then(
      (object) => discardObject(needs, object.key),
      () => undefined,
    );
    throw error;
  }
}

function openForm(request: IncomingMessage) {
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      isPartAFile: (field, _type, fileName) => field === FIELD || fileName !== undefined,
      limits: { parts: MOST_PARTS, fieldSize: FORM_BYTES, headerPairs: 50 },
    });
  } catch (error) {
    throw notAForm(error);
  }
}

function notAForm(cause?: unknown): AqueductError {
  return new AqueductError('BAD_INPUT', 'The file is not sent correctly.', { cause });
}
