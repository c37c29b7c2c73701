import { endpoints } from '@casetalk/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Dependencies } from '../dependencies.ts';

/** Operation ids by what the router calls a route: labels are of a closed list, and never hold an id. */
const operations = new Map<string, string>(
  Object.entries(endpoints).map(([id, { method, path }]) => [
    `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    id,
  ]),
);

const operationOf = ({ method, routeOptions }: FastifyRequest): string =>
  operations.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url ?? ''}`) ?? 'other';

/**
 * Measures what the API does: each request once it was answered, uploads while they run, and, when somebody asks, the pool
 * of connections and the open event streams.
 */
export function useHttpMetrics(
  app: FastifyInstance,
  registry: Registry,
  { db, events }: Pick<Dependencies, 'db' | 'events'>,
): void {
  const registers = [registry];
  const duration = new Histogram({
    name: 'casetalk_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer, by operation and class of status.',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const uploads = new Gauge({ name: 'casetalk_uploads_running', help: 'Uploads under way.', registers });
  const uploaded = new Counter({
    name: 'casetalk_upload_bytes_total',
    help: 'Bytes that arrived with uploads, finished or not.',
    registers,
  });

  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    if (routeOptions.config.transfer !== 'upload') return;
    const { socket } = raw;
    const before = socket.bytesRead;
    uploads.inc();
    raw.once('close', () => {
      uploads.dec();
      uploaded.inc(Math.max(0, socket.bytesRead - before));
    });
  });
  app.addHook('onResponse', async (request, reply) => {
    const { probe, transfer } = request.routeOptions.config;
    // A stream lasts as long as a tab is open, and a probe is nobody's work.
    if (probe === true || transfer === 'events') return;
    duration.observe(
      { operation: operationOf(request), status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    );
  });

  const asked = (gauge: Gauge): void => registry.registerMetric(gauge);
  asked(
    new Gauge({
      name: 'casetalk_database_connections',
      help: 'Connections of this process’s pool, by what they do.',
      labelNames: ['state'],
      registers: [],
      collect() {
        const { total, idle } = db.connections();
        this.set({ state: 'idle' }, idle);
        this.set({ state: 'used' }, total - idle);
      },
    }),
  );
  asked(
    new Gauge({
      name: 'casetalk_database_waiting',
      help: 'Requests that wait for a connection of the pool.',
      registers: [],
      collect() {
        this.set(db.connections().waiting);
      },
    }),
  );
  asked(
    new Gauge({
      name: 'casetalk_event_streams_open',
      help: 'Event streams that are open: about one for each portal tab.',
      registers: [],
      collect() {
        this.set(events.size);
      },
    }),
  );
}
