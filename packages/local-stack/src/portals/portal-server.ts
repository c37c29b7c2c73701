import { basename } from 'node:path';
import httpProxy from '@fastify/http-proxy';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { securityHeaders } from './security-headers.ts';

export type PortalName = 'clinician' | 'patient';

export interface PortalServerOptions {
  readonly portal: PortalName;
  /** Folder of the built portal, with index.html in it. */
  readonly folder: string;
  /** Where `/v1` goes, such as `http://127.0.0.1:4000`. */
  readonly apiUrl: string;
}

/** Names that the build derives from the content: such a file never changes. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+(?:\.map)?$/;
const CODED = new Set(['.br', '.gz']);

function cacheControlOf(pathInFolder: string): string {
  if (HASHED.test(pathInFolder)) return 'public, max-age=31536000, immutable';
  return basename(pathInFolder) === 'index.html' ? 'no-store' : 'no-cache';
}

/** What a portal hears when the API is not there: the API's own kind of answer, so that it can say so. */
const UNAVAILABLE = JSON.stringify({
  type: '/problems/unavailable',
  title: 'Temporarily unavailable',
  status: 503,
  code: 'unavailable',
});

function proxyApi(app: FastifyInstance, { portal, apiUrl }: PortalServerOptions): void {
  void app.register(httpProxy, {
    upstream: apiUrl,
    prefix: '/v1',
    rewritePrefix: '/v1',
    disableRequestLogging: true,
    // Uploads take minutes and event streams last for hours: the API alone decides when to hang up.
    undici: { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 5_000 } },
    replyOptions: {
      // Never repeat a request of ours: the client knows which of its requests may be sent twice.
      retryDelay: () => null,
      rewriteRequestHeaders: (request, { forwarded: _ignored, ...headers }) => ({
        ...headers,
        'casetalk-portal': portal,
        // We are the outermost server, so what a browser claims about the way here is dropped.
        'x-forwarded-for': request.ip,
        'x-forwarded-proto': request.protocol,
        'x-forwarded-host': request.host,
      }),
      onError: (reply) => {
        void reply
          .code(503)
          .headers({ 'content-type': 'application/problem+json', 'retry-after': '2', ...securityHeaders })
          .send(UNAVAILABLE);
      },
    },
  });
}

/**
 * The web server of one portal on one machine: its built files with the product's security headers, every other
 * path as the single page, and `/v1` passed on to the API, both ways as a stream.
 */
export function buildPortalServer(options: PortalServerOptions): FastifyInstance {
  const app = Fastify({
    // An event stream would hold up the stop for ever.
    forceCloseConnections: true,
    logger: { level: 'warn' },
    routerOptions: { maxParamLength: 500 },
  });
  void app.register(fastifyStatic, {
    root: options.folder,
    preCompressed: true,
    cacheControl: false,
    index: 'index.html',
    setHeaders: (reply, path) => {
      const extension = path.slice(path.lastIndexOf('.'));
      const plain = CODED.has(extension) ? path.slice(0, -extension.length) : path;
      const inFolder = plain.slice(options.folder.length).replaceAll('\\', '/');
      void reply.headers({ ...securityHeaders, 'cache-control': cacheControlOf(inFolder) });
    },
  });
  proxyApi(app, options);
  app.setNotFoundHandler((request, reply) => {
    const [path = '/'] = request.url.split('?');
    const isPage = /^(?:GET|HEAD)$/.test(request.method) && !/^\/assets\/|\.\w+$/.test(path);
    if (isPage) return reply.sendFile('index.html');
    return reply.code(404).headers(securityHeaders).type('text/plain').send('There is nothing here.\n');
  });
  return app;
}
