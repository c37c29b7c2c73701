import { type Endpoint, type Problem, type ProblemCode, problems } from '@casetalk/contract';

type Response = { description: string; [member: string]: unknown };

/** What an operation may answer because of what it is, beside what its own declaration names. */
function impliedBy(endpoint: Endpoint): ProblemCode[] {
  const { access, method, params, query, body, idempotent, transfer } = endpoint;
  const needsSession = access.includes('clinician') || access.includes('patient');
  const isUnsafe = method !== 'GET';
  const codes: ProblemCode[] = ['too-many-requests', 'internal', 'unavailable'];
  if (params || query || body || idempotent) codes.push('invalid-request');
  if (!access.includes('anyone')) codes.push('unauthenticated');
  if (access.includes('patient')) codes.push('terms-due');
  if (needsSession || params) codes.push('not-found');
  if (isUnsafe && !access.includes('provider')) codes.push('cross-site');
  if (body || transfer === 'upload' || transfer === 'append')
    codes.push('too-large', 'unsupported-media-type');
  if (idempotent) codes.push('idempotency-key-reused');
  if (isUnsafe) codes.push('busy-try-again');
  return codes;
}

/** The problem responses of all operations: each set of codes stands once among the components. */
export function createProblemResponses() {
  const components = new Map<string, Response>();
  return {
    /** The responses by status, as references. */
    of(endpoint: Endpoint): Record<string, { $ref: string }> {
      const codes = new Set<ProblemCode>([...endpoint.problems, ...impliedBy(endpoint)]);
      const byStatus = Map.groupBy(
        (Object.keys(problems) as ProblemCode[]).filter((code) => codes.has(code)),
        (code) => problems[code].status,
      );
      return Object.fromEntries(
        [...byStatus].map(([status, sameStatus]) => {
          const name = sameStatus.map(pascal).join('Or');
          components.set(name, responseOf(sameStatus));
          return [String(status), { $ref: `#/components/responses/${name}` }];
        }),
      );
    },
    all: (): Record<string, Response> =>
      Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b, 'en'))),
  };
}

const pascal = (code: string): string =>
  code.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const waits = new Set<ProblemCode>(['too-many-tries', 'too-many-requests', 'busy-try-again', 'unavailable']);

function responseOf(codes: readonly ProblemCode[]): Response {
  const description = codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' ');
  return {
    description,
    ...(codes.some((code) => waits.has(code))
      ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }
      : {}),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

/** A problem of this kind, as it goes over the wire. */
export const exampleOf = (code: ProblemCode): Problem => ({
  type: `/problems/${code}`,
  title: problems[code].title,
  status: problems[code].status,
  code,
  instance: '5f0c9f0e-3d1c-4b57-9d3e-0f5e1c7f2a64',
});
