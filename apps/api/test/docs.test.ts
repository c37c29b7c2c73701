import { type Endpoint, endpoints, problems } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Operation {
  readonly operationId: string;
  readonly security: Record<string, []>[];
  readonly requestBody?: unknown;
  readonly responses: Record<string, { $ref?: string }>;
}
interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, { additionalProperties?: boolean }>;
    readonly securitySchemes: Record<string, unknown>;
  };
}

describe('the OpenAPI document', () => {
  let document: OpenApi;
  beforeAll(async () => {
    document = (await (await fetch(`${api.url}/v1/openapi.json`)).json()) as OpenApi;
  });

  test('has every operation of the contract, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
      ),
    );
    const declared = Object.entries<Endpoint>(endpoints).map(
      ([id, { method, path }]) => `${id} ${method} ${path}`,
    );
    expect(described.sort()).toEqual(declared.sort());
  });

  test.each(Object.entries<Endpoint>(endpoints))(
    'says of %s who may call it, and its answers',
    (_, endpoint) => {
      const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
      const statuses = [endpoint.status, ...endpoint.problems.map((code) => problems[code].status)].map(
        String,
      );
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(statuses));
      const schemes = operation?.security.flatMap((scheme) => Object.keys(scheme)) ?? [];
      expect(schemes.length === 0).toBe(endpoint.access.includes('anyone'));
      expect(Object.keys(document.components.securitySchemes)).toEqual(expect.arrayContaining(schemes));
    },
  );

  test('has no reference that leads nowhere', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g);
    const broken = [...references].filter(
      ([, path = '']) =>
        path
          .split('/')
          .reduce<unknown>(
            (found, step) => (found as Record<string, unknown> | undefined)?.[step],
            document,
          ) === undefined,
    );
    expect(broken).toEqual([]);
  });

  test('leaves answers room to grow, and requests none for what is not known', () => {
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.components.schemas['Case']).not.toHaveProperty('additionalProperties');
    expect(document.components.schemas['CreateCase']).toHaveProperty('additionalProperties', false);
  });
});

describe('the reference', () => {
  test('is a page without inline scripts, under a policy that knows no other host', async () => {
    const response = await fetch(`${api.url}/docs`);
    const page = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(page.match(/<script[^>]*>[^<]/g)).toBeNull();
    expect(page).not.toMatch(/https?:\/\//);
    const [, script = ''] = /<script src="([^"]+)"/.exec(page) ?? [];
    const program = await fetch(`${api.url}${script}`);
    expect(program.headers.get('content-type')).toMatch(/javascript/);
    expect((await program.text()).length).toBeGreaterThan(100_000);
  });

  test.each(Object.keys(problems))('explains the problem %s to people and to programs', async (code) => {
    const address = `${api.url}/problems/${code}`;
    expect(await (await fetch(address)).json()).toMatchObject({ code, type: `/problems/${code}` });
    const page = await fetch(address, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain(`<code>${code}</code>`);
  });

  test('knows no problem that the API does not answer', async () => {
    for (const code of ['nothing', 'constructor', '%3Cscript%3E']) {
      expect((await fetch(`${api.url}/problems/${code}`)).status).toBe(404);
    }
  });
});

describe('the probes', () => {
  test.each(['livez', 'readyz'])('/%s answers while all is well', async (probe) => {
    await vi.waitFor(async () => expect((await fetch(`${api.url}/${probe}`)).status).toBe(200));
  });
});
