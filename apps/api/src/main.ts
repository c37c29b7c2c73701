import { pino } from 'pino';
import { buildApp } from './app.ts';
import { describeFailure } from './describe-failure.ts';
import { openDependencies } from './dependencies-from-settings.ts';
import { sayLastWords } from './last-words.ts';
import { createMetrics, serveMetrics } from './metrics/metrics.ts';
import { readSettings } from './settings.ts';

/** The API's process: reads the settings, builds the app, listens, and closes without cutting an answer. */
const settings = readSettings();
const log = pino({ name: 'api', level: settings.LOG_LEVEL });
sayLastWords(log);

const deps = await openDependencies(settings, (error, what) =>
  log.error({ failure: describeFailure(error) }, what),
);
const { METRICS_PORT, METRICS_HOST } = settings;
const metrics = METRICS_PORT === undefined ? undefined : createMetrics();
const app = await buildApp(deps, metrics);
const answering = metrics && (await serveMetrics(metrics, { host: METRICS_HOST, port: METRICS_PORT ?? 0 }));

let closing = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    log.info({ signal }, 'closing');
    // Nothing may keep the process beyond what a supervisor waits for.
    setTimeout(() => process.exit(1), 30_000).unref();
    app
      .close()
      .then(() => deps.close())
      .then(() => answering?.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ failure: describeFailure(error) }, 'closing failed');
          process.exit(1);
        },
      );
  });
}

await app.listen({ host: settings.API_HOST, port: settings.API_PORT });
