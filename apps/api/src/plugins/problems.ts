import { type Problem, type ProblemCode, problems } from '@casetalk/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isConnectionLoss } from '../db/database.ts';
import { describeFailure } from '../describe-failure.ts';
import { ProblemError } from '../problem-error.ts';
import { TurnedAway } from '../turned-away.ts';
import { isMalformedMultipart } from './multipart.ts';

/** Every refusal and every failure leaves as RFC 9457 problem details; what is unexpected says nothing of itself. */
export function useProblems(app: FastifyInstance): void {
  const turnedAway = counter(app);
  app.setErrorHandler<FastifyError | Error>((error, request, reply) => {
    const refusal = isMalformedMultipart(request, error)
      ? new ProblemError('invalid-request', { detail: 'Send well-formed multipart/form-data.' })
      : refusalOf(error);
    if (refusal instanceof TurnedAway) turnedAway();
    else if (problems[refusal.code].status >= 500)
      request.log.error({ failure: describeFailure(error) }, 'request failed');
    return sendProblem(request, reply, refusal);
  });
  app.setNotFoundHandler({ preHandler: [] }, (request, reply) =>
    sendProblem(request, reply, new ProblemError('not-found')),
  );
}

/** How often the log says that requests are turned away, in milliseconds: a line for each would be work again. */
const sayEvery = 10_000;

function counter({ log }: FastifyInstance): () => void {
  let count = 0;
  let said = -Infinity;
  return () => {
    count += 1;
    if (performance.now() - said < sayEvery) return;
    said = performance.now();
    log.warn({ count }, 'too busy: requests are turned away');
    count = 0;
  };
}

/** Writes one problem. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: ProblemError): FastifyReply {
  const { status, title } = problems[error.code];
  const body: Problem = {
    type: `/problems/${error.code}`,
    title,
    status,
    code: error.code,
    ...error.extras,
    instance: request.id,
  };
  const wait = error.extras.retryAfterSeconds;
  if (wait !== undefined) void reply.header('retry-after', wait);
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body);
}

const byFastifyCode: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_REQ_FILE_TOO_LARGE: 'too-large',
  FST_FILES_LIMIT: 'too-many-files',
  FST_PARTS_LIMIT: 'too-many-files',
  FST_FIELDS_LIMIT: 'too-many-files',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
};

function refusalOf(error: FastifyError | Error): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = byFastifyCode['code' in error ? error.code : ''];
  if (code) return new ProblemError(code);
  const statusCode = 'statusCode' in error ? error.statusCode : undefined;
  if (statusCode === 429) return new ProblemError('too-many-requests', { retryAfterSeconds: 60 });
  if (statusCode === 413) return new ProblemError('too-large');
  if (statusCode === 415) return new ProblemError('unsupported-media-type');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ProblemError('invalid-request', { detail: 'Send well-formed JSON.' });
  }
  return databaseRefusal(error) ?? new ProblemError('internal');
}

/** The driver names a connection that is gone, or never came, in words alone. */
const driverLoss =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (?:was closed|has encountered a connection error))/;

/** SQLSTATEs that say "not now": waiting for a lock, deadlock, serialization, cancelled, no connection, no room. */
function databaseRefusal(error: Error): ProblemError | undefined {
  const cause = error.cause instanceof Error ? error.cause : error;
  const state = (cause as { code?: unknown }).code;
  if (state === '55P03' || state === '40P01' || state === '40001')
    return new ProblemError('busy-try-again', { retryAfterSeconds: 1 });
  if (state === '57014' || state === '53100' || state === '53300')
    return new ProblemError('unavailable', { retryAfterSeconds: 2 });
  const fromDatabase = error !== cause || driverLoss.test(cause.message);
  const lost =
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(String(state)) || /^(08|57P)/.test(String(state));
  if (lost || (fromDatabase && isConnectionLoss(cause)))
    return new ProblemError('unavailable', { retryAfterSeconds: 2 });
  return undefined;
}
