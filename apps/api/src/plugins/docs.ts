import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type ProblemCode, problems } from '@casetalk/contract';
import Fastify, { type FastifyInstance } from 'fastify';
import * as z from 'zod';
import { buildOpenApiDocument } from '../openapi/document.ts';
import { exampleOf } from '../openapi/problem-responses.ts';
import { notFound } from '../problem-error.ts';
import { problemPage, referencePage } from './docs-pages.ts';

const scriptPath = '/docs/scalar.js';
const open = { access: ['anyone'] } as const;

/**
 * The contract as a document, and pages to read it on. Everything comes from here: the pages' policy allows no other
 * host, whatever the reference's program would like to ask.
 */
export function useDocs(app: FastifyInstance): void {
  const document = JSON.stringify(buildOpenApiDocument());
  app.get('/v1/openapi.json', { config: open }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(document),
  );

  app.get('/docs', { config: open }, async (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy(nonce))
      .send(referencePage({ script: scriptPath, document: '/v1/openapi.json', nonce }));
  });

  let script: Promise<Buffer> | undefined;
  app.get(scriptPath, { config: open }, async (_request, reply) => {
    script ??= packedScript();
    return reply
      .type('text/javascript; charset=utf-8')
      .header('content-encoding', 'gzip')
      .header('cache-control', 'public, max-age=86400')
      .send(await script);
  });

  const params = z.strictObject({ code: z.string().max(64) });
  app.get<{ Params: z.infer<typeof params> }>(
    '/problems/:code',
    { config: open, schema: { params } },
    async (request, reply) => {
      const { code } = request.params;
      if (!isProblemCode(code)) throw notFound();
      if (!request.headers.accept?.includes('text/html')) return exampleOf(code);
      const nonce = randomBytes(16).toString('base64');
      return reply
        .type('text/html; charset=utf-8')
        .header(
          'content-security-policy',
          `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; ${closed}`,
        )
        .send(problemPage(code, nonce));
    },
  );
}

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

const closed = "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The reference writes its own styles while it runs; scripts come from one file, and requests go nowhere else. */
const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    closed,
  ].join('; ');

/**
 * The reference's program. Its package serves it through a plugin alone, with a page that needs inline scripts: the plugin
 * runs aside, is asked for the file once, and is forgotten. Several megabytes, so not before somebody reads.
 */
async function packedScript(): Promise<Buffer> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const aside = Fastify();
  await aside.register(scalar, { routePrefix: '/reference', configuration: { url: '/v1/openapi.json' } });
  const { rawPayload } = await aside.inject('/reference/js/scalar.js');
  await aside.close();
  return promisify(gzip)(rawPayload);
}
