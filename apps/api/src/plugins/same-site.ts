import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem-error.ts';

/**
 * Refuses unsafe requests that a browser says come from another site: Fetch Metadata (`Sec-Fetch-Site`), and `Origin` for
 * browsers that do not send it (OWASP CSRF Prevention Cheat Sheet). Programs send neither and are not browsers to be
 * tricked. Together with SameSite=Strict cookies and bodies of JSON alone.
 */
export function useSameSite(app: FastifyInstance, ownOrigins: readonly string[]): void {
  const origins = new Set(ownOrigins.map((url) => new URL(url).origin));
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const site = request.headers['sec-fetch-site'];
    const { origin } = request.headers;
    const foreign =
      site === undefined
        ? origin !== undefined && !origins.has(origin)
        : site !== 'same-origin' && site !== 'none';
    if (foreign) throw new ProblemError('cross-site');
  });
}
