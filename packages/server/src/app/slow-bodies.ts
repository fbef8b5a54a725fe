import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { answerBadHttp } from './bad-http.ts';

/** How much of a body must arrive in how long: a bad line manages it, 500 sockets that are only held do not. */
interface Pace {
  readonly bytes: number;
  readonly withinMs: number;
  readonly lookEveryMs: number;
}

const PACE: Pace = { bytes: 512, withinMs: 40_000, lookEveryMs: 5000 };

interface Arrival {
  request: IncomingMessage;
  /** The last moment at which enough had come, with the bytes of the connection until then. */
  since: number;
  bytes: number;
}

/**
 * Ends requests whose bodies trickle in. Node's `requestTimeout` bounds the whole of a body, which would end honest
 * uploads that take their time; this asks only that they go on. What waits because this server reads slowly, and the
 * time of answering, do not count.
 */
export function endSlowBodies(app: FastifyInstance, pace: Pace = PACE): void {
  const arrivals = new Map<Socket, Arrival>();

  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    const { socket, headers } = raw;
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return done();
    const arrival = arrivals.get(socket);
    if (arrival) Object.assign(arrival, start(raw));
    else {
      arrivals.set(socket, start(raw));
      socket.once('close', () => arrivals.delete(socket));
    }
    done();
  });

  const look = setInterval(() => {
    const now = performance.now();
    for (const [socket, arrival] of arrivals) {
      const { request } = arrival;
      const isOurTurn = request.complete || request.readableLength > 0;
      if (isOurTurn || socket.bytesRead - arrival.bytes >= pace.bytes) {
        arrival.since = now;
        arrival.bytes = socket.bytesRead;
      } else if (now - arrival.since > pace.withinMs) {
        arrivals.delete(socket);
        answerBadHttp(tooSlow, socket);
      }
    }
  }, pace.lookEveryMs);
  look.unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(look);
    done();
  });
}

const tooSlow = Object.assign(new Error('The body of a request arrived too slowly.'), {
  code: 'ERR_HTTP_REQUEST_TIMEOUT',
});

function start(request: IncomingMessage): Arrival {
  return { request, since: performance.now(), bytes: request.socket.bytesRead };
}
