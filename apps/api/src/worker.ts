import { pino } from 'pino';
import { describeFailure } from './describe-failure.ts';
import { DeliveryPostponed } from './gateways/delivery-failure.ts';
import { startWorker } from './jobs/worker.ts';
import { sayLastWords } from './last-words.ts';
import { standardOutput } from './log-output.ts';
import { createMetrics, serveMetrics } from './metrics/metrics.ts';
import { readSettings } from './settings.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { openTracing } from './tracing/open-tracing.ts';

/** The worker process: sends what the API has written down, and keeps time. */
const settings = readSettings();
const log = pino({ name: 'worker', level: settings.LOG_LEVEL }, standardOutput);
sayLastWords(log);

const { WORKER_METRICS_PORT, METRICS_HOST } = settings;
const metrics = WORKER_METRICS_PORT === undefined ? undefined : createMetrics();
const tracing = await openTracing(settings, 'casetalk-worker');
const worker = await startWorker(
  settings,
  (error, what) => {
    // What a provider answered names no person, and says whom to call.
    const detail = error instanceof DeliveryPostponed ? { detail: error.message } : {};
    log.error({ failure: describeFailure(error), ...detail }, what);
  },
  (anchor) => log.info({ auditAnchor: anchor }, 'the head of the audit’s chain'),
  metrics,
  tracing,
);
if (metrics) await serveMetrics(metrics, { host: METRICS_HOST, port: WORKER_METRICS_PORT ?? 0 });
log.info('The worker is ready.');

stopOnSignals(log, async () => {
  await worker.stop();
  await tracing?.close();
});
