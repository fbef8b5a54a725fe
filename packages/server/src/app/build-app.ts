import { randomUUID } from 'node:crypto';
import { type IncomingMessage, maxHeaderSize } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { authenticate } from '../access/authenticate.ts';
import { type Context, createContext, type Services } from '../access/context.ts';
import type { Viewer } from '../access/viewer.ts';
import { onExperimentRemoval } from '../experiments/remove-experiment.ts';
import { fileRoutes } from '../files/file.routes.ts';
import { onRead, onUpload } from '../files/file-steps.ts';
import { removeFilesOfExperiment } from '../files/remove-files-of-experiment.ts';
import { removeUploadsOfExperiment } from '../files/resumable/remove-uploads-of-experiment.ts';
import { uploadRoutes } from '../files/resumable/upload.routes.ts';
import { UploadSlots } from '../files/upload-slots.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { takeAnyContentType } from '../platform/http/take-any-content-type.ts';
import { limitRequestsAhead } from '../platform/http/turn-of.ts';
import { noteRead, noteUpload } from '../tasks/note-task-files.ts';
import { removeTasksOfExperiment } from '../tasks/remove-tasks-of-experiment.ts';
import { answerBadHttp, takeOddRequests } from './bad-http.ts';
import { graphqlRoutes } from './graphql.ts';
import { isProbed, registerHealth } from './health.ts';
import { HTTP_OPTIONS } from './http-options.ts';
import { registerPages } from './pages.ts';
import { presentRestError } from './present-rest-error.ts';
import { guardedRequest, guardRequest } from './request-guard.ts';
import { logOf } from './request-log.ts';
import { rewriteUrl } from './rewrite-url.ts';
import { endSlowBodies } from './slow-bodies.ts';

/** For answers that nobody reads. The buffers of the system let a reader of 1 kB/s seem idle for minutes. */
const IDLE_TIMEOUT_MS = 1_800_000;

/** For every answer; pages and files have stricter or wider ones of their own. */
const ANSWER_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
} as const;

// What rooms do with what other rooms begin. Tasks go before the files that they made.
onExperimentRemoval(removeTasksOfExperiment);
onExperimentRemoval(removeFilesOfExperiment);
onExperimentRemoval(removeUploadsOfExperiment);
onUpload(noteUpload);
onRead(noteRead);

declare module 'fastify' {
  export interface FastifyRequest {
    /** Who is asking; not known of a probe. */
    viewer: Viewer;
  }
}

/** Puts the rooms together to a server that does not listen yet. */
export async function buildApp(services: Services, viewer: Viewer): Promise<FastifyInstance> {
  const { config, log, version } = services;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // Made where it is needed; see `logOf`.
    childLoggerFactory: (logger) => logger,
    genReqId: () => randomUUID(),
    bodyLimit: config.requestMaxBytes,
    // A slow but honest upload may take hours; bodies that do not go on are ended by `endSlowBodies`.
    requestTimeout: 0,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    // What still comes on open connections while the server stops is answered, and the connection closed.
    return503OnClosing: false,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: maxHeaderSize },
    rewriteUrl: (request: IncomingMessage) => rewriteUrl(request.url ?? '/', config),
    http: HTTP_OPTIONS,
    clientErrorHandler: answerBadHttp,
    frameworkErrors: (error, request, reply) => void presentRestError(unreadable(error), request, reply),
  });
  app.server.setTimeout(IDLE_TIMEOUT_MS);
  takeOddRequests(app.server, app);

  app.decorateRequest('viewer');
  app.setErrorHandler(presentRestError);
  // Whoever keeps bodies bounds them: those for no route would be kept whole, as many as anybody sends.
  takeAnyContentType(app, 'nothing');
  limitRequestsAhead(app);
  endSlowBodies(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(ANSWER_HEADERS);
    const guarded = guardedRequest(request);
    guardRequest(guarded, config);
    if (isProbed(guarded.route)) return;
    request.viewer = await authenticate(services.db, viewer, request.headers.authorization);
  });
  const tellsAll = ['debug', 'trace'].includes(log.level);
  app.addHook('onResponse', (request, reply, done) => {
    done();
    const isRefused = reply.statusCode >= 400;
    if (!isRefused && !tellsAll) return;
    const facts = {
      method: request.method,
      // Without the query: it may hold what is searched for.
      path: request.url.split('?')[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (isRefused) logOf(request).info(facts, 'request refused');
    else logOf(request).debug(facts, 'request');
  });

  const contextOf = (request: FastifyRequest): Context => {
    const key = request.headers['idempotency-key'];
    return createContext(services, request.viewer, Array.isArray(key) ? key.join(', ') : key);
  };
  await app.register((scope) => graphqlRoutes(scope, contextOf, config.basePath));
  const slots = new UploadSlots(config.uploadsAtOnce);
  await app.register((scope) => fileRoutes(scope, contextOf, slots));
  await app.register((scope) => uploadRoutes(scope, contextOf, slots));
  registerHealth(app, services);
  registerPages(app, config, version);
  return app;
}

/** Not in the words of the framework, which hold the whole address. */
function unreadable(cause: Error): AqueductError {
  return new AqueductError('BAD_INPUT', "The address of the request can't be read.", { cause });
}
