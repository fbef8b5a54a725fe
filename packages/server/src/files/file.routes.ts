import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { restPaths } from '@aqueduct/contract';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../access/context.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { answerEarly } from '../platform/http/answer-early.ts';
import { limitHeldBodies } from '../platform/http/held-bodies.ts';
import { sendBytes } from '../platform/http/send-bytes.ts';
import { takeAnyContentType } from '../platform/http/take-any-content-type.ts';
import { turnOf } from '../platform/http/turn-of.ts';
import type { ObjectBytes } from '../platform/storage/storage.ts';
import { isNotModified, isOfAnotherVersion, requestedRange } from './conditional-request.ts';
import { deleteFiles, enumerate } from './delete-files.ts';
import { fileNameOf } from './file-name.ts';
import { runReadSteps } from './file-steps.ts';
import { findFile } from './find-file.ts';
import { contentTypeOf } from './media-type.ts';
import { parseFileList } from './parse-file-list.ts';
import { receiveUpload } from './receive-upload.ts';
import { requireUuid } from './require-uuid.ts';
import { requireUploadTarget, uploadFile } from './upload-file.ts';
import type { UploadSlots } from './upload-slots.ts';
import { zipFiles } from './zip-files.ts';

interface UploadRoute {
  Params: { uuid: string };
}

interface ZipRoute {
  Params: { uuid: string };
  Querystring: { name?: string | string[] };
}

interface FileRoute {
  Params: { uuid: string; name: string };
  Querystring: { view?: string; download?: string };
}

/** Bytes that are read before they are sent. */
const SMALL = 64 * 1024;
const HIDDEN = "sandbox; default-src 'none'";
/** A page of the user's own may run its scripts, without our origin and without network. */
const FRAMED =
  "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; " +
  "img-src data: blob:; font-src data:; media-src data: blob:; frame-ancestors 'self'";
/** What no such policy covers, datagrams of WebRTC and leaving for another page, Chromium refuses by this one. */
const NO_CONNECTIONS = '();webrtc=block';

/** The REST part of the API: upload, download (one by one or as a zip) and deletion of an experiment's files. */
export async function fileRoutes(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => Context,
  slots: UploadSlots,
): Promise<void> {
  // Forms are read as they come, and so are lists of names.
  takeAnyContentType(app, 'nothing');
  answerEarly(app);

  app.post<UploadRoute>('/api/files/:uuid', async (request, reply) => {
    const ctx = contextOf(request);
    const uuid = requireUuid(request.params.uuid);
    const name = fileNameOf(request.raw.rawHeaders);
    await requireUploadTarget(ctx, uuid);
    await slots.within(() => storeUpload(ctx, request.raw, uuid, name));
    return reply.send({ result: `Successfuly uploaded ${name}` });
  });

  app.post<UploadRoute>(
    '/api/files/:uuid/delete_files',
    { onRequest: limitHeldBodies },
    async (request, reply) => {
      const ctx = contextOf(request);
      const uuid = requireUuid(request.params.uuid);
      const names = await parseFileList(request.raw, ctx.config.requestMaxBytes);
      return reply.send({ result: `Successfully deleted ${enumerate(await deleteFiles(ctx, uuid, names))}` });
    },
  );

  // Not below /api/files: there, every name may be a file's.
  app.get<ZipRoute>(`${restPaths.zip}/:uuid`, { exposeHeadRoute: false }, async (request, reply) => {
    const { name = [] } = request.query;
    await turnOf(reply);
    const { eid, bytes } = await zipFiles(
      contextOf(request),
      requireUuid(request.params.uuid),
      Array.isArray(name) ? name : [name],
    );
    reply.headers({
      'content-type': 'application/zip',
      'content-disposition': contentDisposition(`${eid}.zip`),
      'cache-control': 'no-store',
    });
    return reply.send(bytes);
  });

  app.get<FileRoute>('/api/files/:uuid/:name', { exposeHeadRoute: false }, (request, reply) =>
    sendFile(contextOf(request), request, reply),
  );
  app.head<FileRoute>('/api/files/:uuid/:name', (request, reply) =>
    sendFile(contextOf(request), request, reply),
  );
}

async function storeUpload(ctx: Context, request: IncomingMessage, uuid: string, name: string) {
  let isThere: (() => void) | undefined;
  try {
    const object = await receiveUpload(request, ctx, {
      maxBytes: ctx.config.uploadMaxBytes,
      onTaken() {
        isThere = ctx.db.expectWrite();
      },
    });
    const uploaded = uploadFile(ctx, { uuid, name, object });
    isThere?.();
    await uploaded;
  } finally {
    isThere?.();
  }
}

async function sendFile(ctx: Context, request: FastifyRequest<FileRoute>, reply: FastifyReply) {
  await turnOf(reply);
  const uuid = requireUuid(request.params.uuid);
  const file = await findFile(ctx, uuid, request.params.name);
  const modified = new Date(file.modified_at / 1000);
  const isFramed = isForFrame(request, file.media_type);
  const etag = `"${file.sha256}"`;
  reply.headers({
    'content-type': contentTypeOf(file.media_type),
    etag,
    'last-modified': modified.toUTCString(),
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': contentDisposition(file.name, {
      type: request.query.download === undefined ? 'inline' : 'attachment',
    }),
    'content-security-policy': isFramed ? FRAMED : HIDDEN,
    ...(isFramed ? { 'connection-allowlist': NO_CONNECTIONS } : {}),
    vary: 'Sec-Fetch-Dest',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  if (isOfAnotherVersion(request.headers, etag, modified)) {
    throw new AqueductError(
      'PRECONDITION_FAILED',
      `${file.name} is there in another version than was asked for.`,
    );
  }
  if (isNotModified(request.headers, etag, modified)) return reply.code(304).send();

  // RFC 9110, 14.2: ranges are defined for GET alone.
  const range = request.method === 'GET' ? requestedRange(request.headers, file.size, etag) : undefined;
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.size}`);
    throw new AqueductError(
      'RANGE_NOT_SATISFIABLE',
      `The range lies outside of the file's ${file.size} bytes.`,
    );
  }
  const part = range ?? { start: 0, end: file.size - 1 };
  const length = part.end - part.start + 1;
  const isSmall = length <= SMALL;
  let bytes: ObjectBytes | Buffer | undefined;
  if (request.method === 'GET' && length > 0) {
    try {
      bytes = await (isSmall
        ? ctx.storage.read(file.object_key, part)
        : ctx.storage.open(file.object_key, part));
    } catch (error) {
      // Replaced or deleted since its row was read: then there is another answer.
      const current = await findFile(ctx, uuid, file.name);
      if (current.object_key === file.object_key) throw error;
      return sendFile(ctx, request, reply);
    }
  }
  if (request.method === 'GET') {
    const { eid, name, size, sha256 } = file;
    await runReadSteps(ctx, { experimentUuid: uuid, eid, name, size, sha256 }, bytes);
  }
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
  reply.header('content-length', length);
  return bytes instanceof Readable ? sendBytes(reply, bytes) : reply.send(bytes ?? '');
}

/**
 * Scripts run in a frame only: what has a tab of its own can leave for any other page, and take along what it knows. And
 * only what is a page: Chromium 153 ends when a response with a list of connections becomes a download.
 */
function isForFrame({ query, headers }: FastifyRequest<FileRoute>, mediaType: string): boolean {
  const destination = headers['sec-fetch-dest'];
  const isPage = /^(text\/html|image\/svg\+xml)$/.test(mediaType) && query.download === undefined;
  return isPage && query.view === 'frame' && (destination === undefined || destination === 'iframe');
}
