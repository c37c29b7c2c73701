import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { problems } from '@casetalk/contract';
import { ProblemError } from '../problem-error.ts';

/** Spans, and which of them the present work belongs to. */
export interface Spans {
  /** Whether the present work is traced. */
  readonly isActive: boolean;
  start(name: string, kind: SpanKind, attributes: Attributes): Span;
  /** Does work, and all that follows from it, under a span. */
  under<T>(span: Span, work: () => T): T;
  /** Ends a span when the work is over, however it ends. */
  until<T>(span: Span, work: Promise<T>): Promise<T>;
}

export function createSpans(tracer: Tracer): Spans {
  const present = new AsyncLocalStorage<Context>();
  return {
    get isActive() {
      return present.getStore() !== undefined;
    },
    start: (name, kind, attributes) =>
      tracer.startSpan(name, { kind, attributes }, present.getStore() ?? ROOT_CONTEXT),
    under: (span, work) => present.run(trace.setSpan(ROOT_CONTEXT, span), work),
    async until(span, work) {
      try {
        return await work;
      } catch (error) {
        markFailed(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
  };
}

/** Says of what kind a failure is. Its message may quote what a person wrote. */
function markFailed(span: Span, error: unknown): void {
  if (error instanceof ProblemError && problems[error.code].status < 500) return;
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  const { code = name } = (cause instanceof Error ? cause : error) as { code?: unknown };
  span.setAttribute('error.type', typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : 'other');
  span.setStatus({ code: SpanStatusCode.ERROR });
}
