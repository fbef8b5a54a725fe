import { readFileSync, statSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { isNotModified } from '../files/conditional-request.ts';
import type { Config } from '../platform/config/config.ts';
import { docsPage } from './docs-page.ts';
import { htmlPage, PAGE_HEADERS } from './html-page.ts';
import { refuseUnknown } from './not-found.ts';
import { openApi } from './openapi.ts';
import { registerAssets, sendWebInterface } from './web-interface.ts';

/** Beside the sources in tests, beside the bundle in an installation. */
const ASSETS = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist-assets/' : '../../server/dist-assets/',
  import.meta.url,
);
const ASSET_TYPES: ReadonlyMap<string, string> = new Map([
  ['graphiql.js', 'text/javascript; charset=utf-8'],
  ['graphiql.css', 'text/css; charset=utf-8'],
]);

interface Asset {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly modified: Date;
}

/** What people see in a browser. */
export function registerPages(app: FastifyInstance, config: Config, version: string): void {
  const { basePath } = config;
  const api = openApi(version, basePath);
  const docs = docsPage(api, basePath);

  app.get('/api/docs', (_, reply) => reply.headers(PAGE_HEADERS).send(docs));
  app.get('/api/openapi.json', (_, reply) => reply.send(api));
  const assets = new Map<string, Asset>();
  app.get<{ Params: { name: string } }>('/api/graphiql/:name', (request, reply) => {
    const { name } = request.params;
    const type = ASSET_TYPES.get(name);
    if (type === undefined) return refuseUnknown(request, reply);
    const asset = assets.get(name) ?? readAsset(name);
    assets.set(name, asset);
    reply.headers({ 'content-type': type, 'cache-control': 'no-cache', etag: asset.etag });
    if (isNotModified(request.headers, asset.etag, asset.modified)) return reply.code(304).send();
    return reply.send(asset.bytes);
  });

  registerAssets(app);
  app.setNotFoundHandler((request, reply) => {
    const isPage = !/^\/(api|health|ready|metrics)(\/|\?|$)/.test(request.url);
    if (!isPage || (request.method !== 'GET' && request.method !== 'HEAD'))
      return refuseUnknown(request, reply);
    return sendWebInterface(reply, basePath);
  });
}

/** Once, and at once: all answers share the bytes, however many of them nobody reads. */
function readAsset(name: string): Asset {
  const file = new URL(`graphiql/${name}`, ASSETS);
  const { size, mtime } = statSync(file);
  return { bytes: readFileSync(file), etag: `"${size}-${mtime.getTime()}"`, modified: mtime };
}

/** The page that tries queries; its scripts come from our own bundle. */
export function graphiqlPage(basePath: string): string {
  return htmlPage('GraphQL', '<div id="graphiql">Loading…</div>')
    .replace('</head>', `<link rel="stylesheet" href="${basePath}/api/graphiql/graphiql.css"></head>`)
    .replace('</body>', `<script src="${basePath}/api/graphiql/graphiql.js"></script></body>`);
}
