import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentTypeOf, mediaTypeOf } from '../files/media-type.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { turnOf } from '../platform/http/turn-of.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import { escapeHtml, PAGE_HEADERS } from './html-page.ts';
import { refuseUnknown } from './not-found.ts';

/** Where `npm run build` puts it: beside the sources in tests, beside the bundle in an installation. */
const BUILT = new URL(
  import.meta.url.endsWith('.ts') ? '../../../web/dist/' : '../../web/dist/',
  import.meta.url,
);

/** Compressed copies that the build leaves beside each file, the smallest first. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

/** Only our own scripts run, and only those style elements that carry the nonce act. */
function policyWith(nonce: string): string {
  return (
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; frame-src 'self' blob:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  );
}

/**
 * A worker has the policy that its own script came with, not that of the page. Viewers read some formats by WebAssembly,
 * and only in workers: the page itself needs none. They talk to nobody but this server.
 */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Serves the files that the page loads. Their names hold a hash of their contents, so they are kept for ever. */
export function registerAssets(app: FastifyInstance): void {
  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const { name } = request.params;
    if (!/^[\w-]+(\.[\w-]+)+$/.test(name)) return refuseUnknown(request, reply);
    await turnOf(reply);
    const found = await findAsset(name, request);
    if (!found) return refuseUnknown(request, reply);
    reply.headers({
      'content-type': contentTypeOf(mediaTypeOf(name)),
      'content-length': found.size,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      'content-security-policy': WORKER_POLICY,
      'x-content-type-options': 'nosniff',
      ...(found.encoding === undefined ? {} : { 'content-encoding': found.encoding }),
    });
    return reply.send(createReadStream(found.file));
  });
}

/** Answers with the page that is the web interface, whatever the address: it reads the address itself. */
export async function sendWebInterface(reply: FastifyReply, basePath: string): Promise<FastifyReply> {
  await turnOf(reply);
  const html = await readFile(new URL('index.html', BUILT), 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new AqueductError('UNAVAILABLE', 'The web interface is not built. Run "npm run build".');
  });
  const nonce = randomBytes(16).toString('base64');
  const base = escapeHtml(basePath);
  const page = html
    .replaceAll('AQUEDUCT_NONCE', nonce)
    .replaceAll('"./assets/', `"${base}/assets/`)
    .replace('name="aqueduct-base" content="/"', `name="aqueduct-base" content="${base}/"`);
  return reply.headers({ ...PAGE_HEADERS, 'content-security-policy': policyWith(nonce) }).send(page);
}

async function findAsset(name: string, request: FastifyRequest) {
  const accepted = acceptedEncodings(request.headers['accept-encoding']);
  for (const { name: encoding, ending } of ENCODINGS) {
    if (!accepted.has(encoding)) continue;
    const file = new URL(`assets/${name}${ending}`, BUILT);
    const size = await sizeOf(file);
    if (size !== undefined) return { file, size, encoding };
  }
  const file = new URL(`assets/${name}`, BUILT);
  const size = await sizeOf(file);
  return size === undefined ? undefined : { file, size, encoding: undefined };
}

/** RFC 9110, 12.5.3: what has a weight of 0 is not acceptable. */
function acceptedEncodings(header: string | undefined): Set<string> {
  const named = (header ?? '').split(',').filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item));
  return new Set(named.map((item) => item.split(';')[0]?.trim().toLowerCase() ?? ''));
}

async function sizeOf(file: URL): Promise<number | undefined> {
  return stat(file).then(
    (stats) => (stats.isFile() ? stats.size : undefined),
    () => undefined,
  );
}
