import { ask, dataOf } from './wire.ts';

/** A JSON Schema, as far as bodies and queries of the product's use it. */
export interface Shape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly anyOf?: readonly Shape[];
}

/** One operation, as the product's own document describes it. */
export interface Route {
  readonly id: string;
  readonly method: string;
  /** `/v1/cases/{caseId}` */
  readonly path: string;
  /** The fields of its JSON body; undefined when it takes none. */
  readonly fields: Readonly<Record<string, Shape>> | undefined;
  readonly queries: Readonly<Record<string, Shape>>;
  /** The body's content type. */
  readonly takes: string | undefined;
  /** Who may call it: the names of the credentials, none for anyone. */
  readonly credentials: readonly string[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Shape>> };
}
interface Operation {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly schema?: Shape }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Shape }>> };
}

/** All operations of the running product, from the OpenAPI document that it serves. */
export async function readRoutes(apiUrl: string): Promise<readonly Route[]> {
  const document = dataOf(await ask(apiUrl, { path: '/v1/openapi.json' })) as Document;
  const resolved = (shape: Shape): Shape =>
    shape.$ref === undefined
      ? shape
      : (document.components.schemas[shape.$ref.split('/').at(-1) ?? ''] ?? shape);
  const fieldsOf = ({ properties = {} }: Shape): Record<string, Shape> =>
    Object.fromEntries(Object.entries(properties).map(([name, shape]) => [name, resolved(shape)]));
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => /^(?:get|post|put|patch|delete)$/.test(method))
      .map(([method, operation]): Route => {
        const [takes] = Object.keys(operation.requestBody?.content ?? {});
        const body = takes === undefined ? undefined : operation.requestBody?.content[takes]?.schema;
        return {
          id: operation.operationId,
          method: method.toUpperCase(),
          path,
          takes,
          fields: body && takes === 'application/json' ? fieldsOf(resolved(body)) : undefined,
          queries: Object.fromEntries(
            (operation.parameters ?? [])
              .filter((parameter) => parameter.in === 'query')
              .map(({ name = '', schema = {} }) => [name, resolved(schema)]),
          ),
          credentials: (operation.security ?? []).flatMap((one) => Object.keys(one)),
        };
      }),
  );
}

const nobody = '00000000-0000-7000-8000-000000000000';

/** The path with ids put in; nobody's where none is known. */
export const pathOf = ({ path }: Route, known: Readonly<Record<string, string>> = {}): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? nobody);

/** Something that a field may well take, so that what stands in the other fields is looked at. */
export function plausible(name: string, shape: Shape): unknown {
  if (shape.enum) return shape.enum[0];
  const type = Array.isArray(shape.type) ? shape.type[0] : (shape.type ?? shape.anyOf?.[0]?.type);
  if (type === 'array') return [];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'object') return {};
  if (/email/i.test(name)) return 'somebody@example.com';
  if (/date/i.test(name)) return '1988-04-17';
  if (name.endsWith('Id') || shape.format === 'uuid') return nobody;
  if (name === 'token') return 'a'.repeat(43);
  if (/phone|mobile|landline/i.test(name)) return '+14155550142';
  return /code/i.test(name) ? '123456' : 'seven quiet lanterns';
}

/** A body that a route may well take; `instead` replaces single fields. */
export const bodyOf = (
  { fields = {} }: Route,
  instead: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  // What holds fields of its own is left out: none of it is needed.
  ...Object.fromEntries(
    Object.entries(fields)
      .filter(([, { type }]) => type !== 'object')
      .map(([name, shape]) => [name, plausible(name, shape)]),
  ),
  ...instead,
});

/** The names of the fields that take text. */
export const textFieldsOf = ({ fields = {} }: Route): string[] =>
  Object.entries(fields)
    .filter(([, { type, anyOf, enum: choices }]) => {
      const types = [type, ...(anyOf ?? []).map((one) => one.type)].flat();
      return choices === undefined && types.includes('string');
    })
    .map(([name]) => name);

/** Streams never end, and signing out would end what asks. */
export const isAskable = ({ id }: Route): boolean => !['streamEvents', 'signOut', 'endSession'].includes(id);

export const changes = ({ method }: Route): boolean => method !== 'GET';
