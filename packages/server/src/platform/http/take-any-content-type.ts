import type { FastifyInstance } from 'fastify';

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/;

/** Leaves all judgement of `Content-Type` to the routes of a scope: the contract has answers of its own for wrong ones. */
export function takeAnyContentType(scope: FastifyInstance, read: 'bytes' | 'nothing'): void {
  scope.removeAllContentTypeParsers();
  if (read === 'bytes')
    // What is sent most is found at once by its name.
    scope.addContentTypeParser(['application/json', '*'], { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
  else scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  scope.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type'];
    if (type !== undefined && !MEDIA_TYPE.test(type))
      request.raw.headers['content-type'] = 'application/octet-stream';
    done();
  });
}
