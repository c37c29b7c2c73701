import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Tracing } from './open-tracing.ts';
import { createSpans } from './spans.ts';
import { traceDatabase, traceQueries } from './trace-database.ts';
import { traceRequests } from './trace-requests.ts';

/** A collector that does not answer holds nothing up: what is not taken in this time, in milliseconds, is dropped. */
const patience = 2000;

export interface TracingOptions {
  /** Where the collector takes OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: string;
  /** Of all requests and jobs, 0 to 1. */
  readonly share: number;
  readonly service: string;
}

/** Sends spans to a collector, in batches and beside the work. Nothing global is set, and no module is changed. */
export function createTracing({ endpoint, share, service }: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: patience,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: patience })],
  });
  const spans = createSpans(provider.getTracer('casetalk'));
  return {
    requests: (app) => traceRequests(spans, app),
    queries: (client) => traceQueries(spans, client),
    database: (db) => traceDatabase(spans, db),
    job(queue, id, work) {
      const span = spans.start(`job ${queue}`, SpanKind.CONSUMER, {
        'messaging.system': 'pg-boss',
        'messaging.destination.name': queue,
        'messaging.message.id': id,
      });
      return spans.until(
        span,
        spans.under(span, () => work()),
      );
    },
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, patience).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}
