import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { Database } from '../db/database.ts';
import type { Settings } from '../settings.ts';

/** What traces one process. Spans hold names of routes, statements and queues, and never what a person wrote or is called. */
export interface Tracing {
  /** A span for each request, by the route's template. */
  requests(app: FastifyInstance): void;
  /** A span for each query of a connection, under the span that asks: its text with placeholders. */
  queries(client: pg.ClientBase): void;
  /** A span for statements that leave together, by their names. */
  database(db: Database): Database;
  /** A span for one try of a job. */
  job<T>(queue: string, id: string, work: () => Promise<T>): Promise<T>;
  /** Hands on what has not left yet, unless nobody takes it. */
  close(): Promise<void>;
}

/**
 * Opens tracing where the settings name a collector. Elsewhere nothing of it is loaded.
 * @param service what the process is called in traces
 */
export async function openTracing(
  settings: Pick<Settings, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_TRACES_SAMPLER_ARG'>,
  service: string,
): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share } = settings;
  if (endpoint === undefined) return undefined;
  const { createTracing } = await import('./create-tracing.ts');
  return createTracing({ endpoint, share, service });
}
