import { SpanKind } from '@opentelemetry/api';
import type pg from 'pg';
import type { Database, Statement } from '../db/database.ts';
import type { Spans } from './spans.ts';

const system = { 'db.system.name': 'postgresql' };

/** Statements that leave together: their names stand for their texts. */
export function traceDatabase(spans: Spans, db: Database): Database {
  async function batch<T>(statements: readonly Statement[], work: () => Promise<T>): Promise<T> {
    if (!spans.isActive) return work();
    const summary = statements.map(({ name }) => name).join(' ');
    return spans.until(
      spans.start('batch', SpanKind.CLIENT, { ...system, 'db.query.summary': summary }),
      work(),
    );
  }
  const pipeline: Database['pipeline'] = (viewer, statements) =>
    batch(statements as readonly Statement[], () => db.pipeline(viewer, statements));
  const ask: Database['ask'] = (statements) => batch(statements, () => db.ask(statements));
  return { ...db, pipeline, ask };
}

/** Every query of a connection that is asked for its answer: its text, in which values are placeholders. */
export function traceQueries(spans: Spans, client: pg.ClientBase): void {
  const run = client.query.bind(client) as unknown as (...given: readonly unknown[]) => unknown;
  function query(...given: readonly unknown[]): unknown {
    const text = textOf(given[0]);
    if (!spans.isActive || text === '') return run(...given);
    const [verb = 'query'] = /^[a-z]+/i.exec(text) ?? [];
    const span = spans.start(verb.toLowerCase(), SpanKind.CLIENT, { ...system, 'db.query.text': text });
    const answer = run(...given);
    if (answer instanceof Promise) return spans.until(span, answer);
    span.end();
    return answer;
  }
  Object.assign(client, { query });
}

function textOf(query: unknown): string {
  const text = typeof query === 'string' ? query : (query as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text.trim() : '';
}
