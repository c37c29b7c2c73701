import { pino } from 'pino';
import { buildApp } from './app.ts';
import { describeFailure } from './describe-failure.ts';
import { openDependencies } from './dependencies-from-settings.ts';
import { sayLastWords } from './last-words.ts';
import { standardOutput } from './log-output.ts';
import { createMetrics, serveMetrics } from './metrics/metrics.ts';
import { readSettings } from './settings.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { openTracing } from './tracing/open-tracing.ts';

/** The API's process: reads the settings, builds the app, listens, and closes without cutting an answer. */
const settings = readSettings();
const log = pino({ name: 'api', level: settings.LOG_LEVEL }, standardOutput);
sayLastWords(log);

const tracing = await openTracing(settings, 'casetalk-api');
const deps = await openDependencies(
  settings,
  (error, what) => log.error({ failure: describeFailure(error) }, what),
  tracing,
);
const { METRICS_PORT, METRICS_HOST } = settings;
const metrics = METRICS_PORT === undefined ? undefined : createMetrics();
const app = await buildApp(deps, metrics, tracing);
const answering = metrics && (await serveMetrics(metrics, { host: METRICS_HOST, port: METRICS_PORT ?? 0 }));

stopOnSignals(log, async () => {
  await app.close();
  await deps.close();
  await Promise.all([tracing?.close(), answering?.close()]);
});

await app.listen({ host: settings.API_HOST, port: settings.API_PORT });
