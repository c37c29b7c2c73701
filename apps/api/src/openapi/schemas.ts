import * as z from 'zod';

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = { [keyword: string]: unknown };

const prefix = '#/components/schemas/';

/** Turns the contract's schemas into JSON Schema, and keeps those with an id as components. */
export function createSchemas() {
  const components = new Map<string, JsonSchema>();

  function keep(id: string, schema: JsonSchema): void {
    const known = components.get(id);
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`Two different schemas of the contract have the id ${id}.`);
    }
    components.set(id, schema);
  }

  return {
    /**
     * @param direction `input` for what callers send, `output` for what they get: what the API adds to its answers one
     *   day must not break a caller, so answers leave room for it
     * @returns the schema, or a reference to its component
     */
    of(schema: z.ZodType, direction: 'input' | 'output'): JsonSchema {
      const { $defs = {}, ...own } = withoutDialect(
        z.toJSONSchema(schema, {
          io: direction,
          target: 'draft-2020-12',
          override: ({ zodSchema, jsonSchema }) => {
            if (direction === 'input') Object.assign(jsonSchema, promisedBy(zodSchema));
            if (direction === 'output') delete jsonSchema.additionalProperties;
            // The format says it better, and says it to people.
            if (jsonSchema.format) delete jsonSchema.pattern;
            // Every integer of JSON lies in there: it says nothing.
            if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
            if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
          },
        }),
      );
      for (const [id, definition] of Object.entries($defs as Record<string, JsonSchema>)) {
        keep(id, asComponent(definition));
      }
      const id = z.globalRegistry.get(schema)?.id;
      if (id === undefined || '$ref' in own) return asComponent(own);
      keep(id, asComponent(own));
      return { $ref: prefix + id };
    },

    /** Every component, by name. */
    all: (): Record<string, JsonSchema> =>
      Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b, 'en'))),
  };
}

export type Schemas = ReturnType<typeof createSchemas>;

/** What a schema that reads a text and makes something of it expects of the text. */
function promisedBy(schema: z.core.$ZodType): JsonSchema {
  if (!(schema instanceof z.ZodPipe)) return {};
  const { out } = schema;
  if (out instanceof z.ZodBoolean) return { enum: ['true', 'false'] };
  return out instanceof z.ZodEmail ? { format: 'email' } : {};
}

function withoutDialect(schema: object): JsonSchema {
  const { $schema: _dialect, ...rest } = schema as JsonSchema;
  return rest;
}

/** A definition names itself by its place in the components and refers to others by theirs. */
function asComponent(definition: JsonSchema): JsonSchema {
  const { id: _id, ...schema } = definition;
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${prefix}`)) as JsonSchema;
}
