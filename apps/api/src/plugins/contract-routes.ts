import { createHash } from 'node:crypto';
import {
  type Access,
  type BodyOf,
  type Endpoint,
  type FieldError,
  idempotencyHeader,
  type OutputOf,
  type ParamsOf,
  type QueryOf,
} from '@casetalk/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import * as z from 'zod';
import type {
  ClinicianActor,
  Nobody,
  Origin,
  PasswordResetActor,
  PatientActor,
  RegistrationActor,
  SignInActor,
} from '../actors.ts';
import { invalidHeader, ProblemError } from '../problem-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; the server does not start when a route leaves it out. */
    access?: readonly Access[];
    /** Set where the endpoint honours an Idempotency-Key. */
    idempotent?: boolean;
    /** Set on routes whose body is taken as a stream by the handler. */
    transfer?: Endpoint['transfer'];
    /** True on requests that do not count as the person being active. */
    passive?: boolean;
    /** True where a patient who has not accepted the present terms may still ask. */
    beforeTerms?: boolean;
  }
}

type ActorFor<A extends Access> =
  | ('anyone' extends A ? Nobody : never)
  | ('provider' extends A ? Nobody : never)
  | ('clinician' extends A ? ClinicianActor : never)
  | ('patient' extends A ? PatientActor : never)
  | ('registration' extends A ? RegistrationActor : never)
  | ('passwordReset' extends A ? PasswordResetActor : never)
  | ('signIn' extends A ? SignInActor : never);

/** What makes an act the same act when it is sent again. */
export interface Idempotency {
  readonly key: string;
  /** SHA-256 over operation, path and body. */
  readonly requestHash: Buffer;
  readonly operation: string;
}

/** What a handler gets: everything parsed and proved, nothing raw unless it asks for it. */
export interface Call<E extends Endpoint> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly actor: ActorFor<E['access'][number]>;
  readonly origin: Origin;
  readonly idempotency: E['idempotent'] extends true ? Idempotency : undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Handler<E extends Endpoint> = (
  call: Call<E>,
) => Promise<
  E['output'] extends z.ZodType
    ? E['transfer'] extends 'events'
      ? FastifyReply
      : OutputOf<E>
    : FastifyReply | void
>;

export interface RouteOptions {
  /** Requests that a caller may make of this route in a minute, counted by session or address. */
  readonly perMinute?: number;
  readonly passive?: boolean;
  readonly beforeTerms?: boolean;
}

/** Registers an operation of the contract: method, path, validation in, serialization out, access. */
export function handle<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  options: RouteOptions,
  handler: Handler<E>,
): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: schemaOf(endpoint),
    // A stream without a body would stay open and say nothing.
    ...(endpoint.transfer === 'events' ? { sse: 'only', exposeHeadRoute: false } : {}),
    config: {
      access: endpoint.access,
      ...(endpoint.idempotent ? { idempotent: true } : {}),
      ...(endpoint.transfer ? { transfer: endpoint.transfer } : {}),
      ...(options.passive ? { passive: true } : {}),
      ...(options.beforeTerms ? { beforeTerms: true } : {}),
      ...(options.perMinute ? { rateLimit: { max: options.perMinute, timeWindow: 60_000 } } : {}),
    },
    handler: async (request, reply) => {
      const output = await handler({
        params: request.params as ParamsOf<E>,
        query: request.query as QueryOf<E>,
        body: request.body as BodyOf<E>,
        actor: request.actor as Call<E>['actor'],
        origin: { ip: request.ip, requestId: request.id },
        idempotency: (endpoint.idempotent
          ? idempotencyOf(endpoint, request)
          : undefined) as Call<E>['idempotency'],
        request,
        reply,
      });
      if (reply.sent || output === reply) return reply;
      // Where there is a second answer, the handler says when it gives that one.
      const status = endpoint.accepted && reply.statusCode === 202 ? 202 : endpoint.status;
      return reply.code(status).send(output);
    },
  });
}

function schemaOf(endpoint: Endpoint): FastifySchema {
  return {
    ...(endpoint.params ? { params: endpoint.params } : {}),
    querystring: endpoint.query ?? z.strictObject({}),
    ...(endpoint.body ? { body: endpoint.body } : {}),
    ...(endpoint.output && !endpoint.transfer?.match(/download|events/)
      ? {
          response: {
            [endpoint.status]: endpoint.output,
            ...(endpoint.accepted ? { 202: endpoint.accepted } : {}),
          },
        }
      : {}),
  };
}

const idempotencyKey = z.uuid();

/** A request sent twice with one key is one request; the same key for another request is a mistake of the caller. */
function idempotencyOf(endpoint: Endpoint, request: FastifyRequest): Idempotency {
  const given = request.headers[idempotencyHeader];
  const parsed = idempotencyKey.safeParse(given);
  if (!parsed.success) {
    throw invalidHeader(
      idempotencyHeader,
      'Send an Idempotency-Key header with a new UUID for each thing that you create.',
    );
  }
  return {
    key: parsed.data.toLowerCase(),
    operation: `${endpoint.method} ${endpoint.path}`,
    // Made only for those who ask: a message compares what was sent instead.
    get requestHash() {
      return createHash('sha256')
        .update(`${endpoint.method} ${request.url}\n`)
        .update(endpoint.transfer ? '' : JSON.stringify(request.body ?? null))
        .digest();
    },
  };
}

/** Installs zod as validator and fast-json-stringify, fed with the contract's JSON Schema, as serializer. */
export function useContract(app: FastifyInstance): void {
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (data: unknown) => {
    const result = schema.safeParse(data ?? (httpPart === 'querystring' ? {} : data));
    if (result.success) return { value: result.data };
    return { error: new InvalidRequest(httpPart ?? 'body', result.error) as unknown as Error };
  });
  app.addHook('onRoute', (route) => {
    if (route.config?.access) return;
    throw new Error(`The route ${String(route.method)} ${route.url} declares no access.`);
  });
}

/** Carries zod's issues to the problems plugin. */
export class InvalidRequest extends ProblemError {
  constructor(part: string, error: z.ZodError) {
    const where =
      ({ params: 'path', querystring: 'query', headers: 'header' } as const)[part as 'params'] ?? 'body';
    super('invalid-request', {
      errors: error.issues.slice(0, 50).map(
        (issue): FieldError => ({
          pointer: issue.path.length === 0 ? '' : `/${issue.path.map(String).join('/')}`,
          in: where,
          detail:
            issue.code === 'unrecognized_keys'
              ? `Leave out what is not known here: ${issue.keys.join(', ')}`
              : issue.message,
        }),
      ),
    });
  }
}
