import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Spans } from './spans.ts';

/**
 * A span for each request that is answered. It begins a trace: what a caller says of a trace of its own is not believed.
 */
export function traceRequests(spans: Spans, app: FastifyInstance): void {
  const open = new WeakMap<FastifyRequest, Span>();

  app.addHook('onRequest', (request, _reply, done) => {
    const { method, id, routeOptions } = request;
    const { probe, transfer } = routeOptions.config;
    // A probe is nobody's work, and a stream lasts as long as a tab is open.
    if (probe === true || transfer === 'events') return done();
    const route = routeOptions.url ?? 'unknown';
    const span = spans.start(`${method} ${route}`, SpanKind.SERVER, {
      'http.request.method': method,
      'http.route': route,
      'casetalk.request_id': id,
    });
    open.set(request, span);
    spans.under(span, done);
  });
  // A body arrives by the connection's own events: what comes after it belongs to the request again.
  app.addHook('preValidation', (request, _reply, done) => {
    const span = open.get(request);
    if (span) spans.under(span, done);
    else done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const span = open.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}
