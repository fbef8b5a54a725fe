import { restPaths } from '@aqueduct/contract';
import { Server } from '@tus/server';
import { TUS_RESUMABLE, TUS_VERSION } from '@tus/utils';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../access/context.ts';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { answerEarly } from '../../platform/http/answer-early.ts';
import { takeAnyContentType } from '../../platform/http/take-any-content-type.ts';
import { fileNameInMetadata } from '../file-name.ts';
import type { UploadSlots } from '../upload-slots.ts';
import { newUploadId } from './begin-upload.ts';
import { findUpload } from './find-upload.ts';
import { protocolError } from './protocol-error.ts';
import { UploadLocks } from './upload-locks.ts';
import { UploadStore } from './upload-store.ts';
import { webRequest } from './web-request.ts';

/** The package counts 0 as "not given". */
const AT_ONCE_MS = 1;
/** Of the package's answers; the others are CORS. */
const KEPT_HEADERS = /^(location|upload-.*|tus-.*|cache-control|connection)$/;

/** Uploads that go on after a broken connection or a restart: tus 1.0, https://tus.io/protocols/resumable-upload. */
export async function uploadRoutes(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => Context,
  slots: UploadSlots,
): Promise<void> {
  const locker = new UploadLocks();
  takeAnyContentType(app, 'nothing');
  answerEarly(app);
  // What is received goes on with the next server; waiting for the rest would hold up the end of this one.
  app.addHook('preClose', () => locker.interruptAll());
  app.addHook('onRequest', async (request, reply) => {
    reply.header('tus-resumable', TUS_RESUMABLE);
    if (request.method === 'OPTIONS' || request.headers['tus-resumable'] === TUS_RESUMABLE) return;
    // "In this case, the Server MUST NOT process the request", and names what it speaks.
    reply.header('tus-version', TUS_VERSION.join());
    const message = `This address speaks tus ${TUS_VERSION.join()}. Say so with "Tus-Resumable: ${TUS_RESUMABLE}".`;
    throw new AqueductError('UNSUPPORTED_VERSION', message);
  });

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const ctx = contextOf(request);
    const store = new UploadStore(ctx);
    const maxBytes = ctx.config.uploadMaxBytes;
    let failure: unknown;
    const server = new Server({
      path: restPaths.uploads,
      datastore: store,
      locker,
      lockDrainTimeout: AT_ONCE_MS,
      maxSize: maxBytes,
      disableTerminationForFinishedUploads: true,
      namingFunction: newUploadId,
      generateUrl: (_, { id }) => `${request.url.split('?')[0]?.endsWith('/') ? '' : 'uploads/'}${id}`,
      onUploadCreate: async ({ headers }, { metadata }) => {
        const filename = fileNameInMetadata(headers.get('upload-metadata') ?? '');
        return filename === undefined ? {} : { metadata: { ...metadata, filename } };
      },
      // Before it takes the place of another request: who may not use an upload must not disturb it either.
      onIncomingRequest: async (_, id) => {
        if (request.method !== 'POST') await findUpload(ctx, id);
      },
      onResponseError: (_, error) => {
        failure = error;
        return undefined;
      },
    });
    const { status, headers, body } = await server.handleWeb(webRequest(request));
    if (status >= 400) {
      const said = await new Response(body).text();
      const announced = Number(request.headers['upload-length'] ?? 0);
      throw protocolError({ failure, status, said, announced, maxBytes });
    }
    for (const [name, value] of headers) if (KEPT_HEADERS.test(name)) reply.header(name, value);
    if (store.sha256 !== null) reply.header('etag', `"${store.sha256}"`);
    // The line of a request that was taken over still brings its body.
    if (!request.raw.complete) reply.header('connection', 'close');
    return reply.code(status).send();
  };
  const receive = (request: FastifyRequest, reply: FastifyReply) =>
    slots.within(() => answer(request, reply));

  app.options(restPaths.uploads, answer);
  app.post(restPaths.uploads, receive);
  app.options(`${restPaths.uploads}/:id`, answer);
  app.head(`${restPaths.uploads}/:id`, answer);
  app.patch(`${restPaths.uploads}/:id`, receive);
  app.delete(`${restPaths.uploads}/:id`, answer);
}
