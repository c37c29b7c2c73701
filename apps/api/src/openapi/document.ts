import { type Endpoint, endpoints, problemSchema, tags } from '@casetalk/contract';
import { operationOf, sharedHeaders } from './operations.ts';
import { sharedParameters } from './parameters.ts';
import { createProblemResponses } from './problem-responses.ts';
import { createSchemas, type JsonSchema } from './schemas.ts';
import { securitySchemes } from './security.ts';

const description = `CaseTalk lets a clinician and a patient talk in private on a case, and everyone who works on the case see the files that were shared with it.

What you see depends on who you are. What is missing and what is none of your business are the same \`not-found\`.

- **Sessions** are cookies. A clinician’s session opens nothing of a patient’s, and the other way round.
- **Errors** are RFC 9457 problems (\`application/problem+json\`). The list of codes is closed: \`/problems/{code}\` explains each.
- **Creating** needs an \`Idempotency-Key\`: send the same request again with the same key, and it takes effect once.
- **Lists** come in pages: hand \`nextCursor\` back as \`cursor\` until it is null.
- **Instants** are RFC 3339 in UTC with \`Z\`; ids are UUIDv7.
- Answers may get further fields one day; requests with fields that are not known are refused.`;

const version = '1.0.0';

/** The whole contract as an OpenAPI 3.1 document. The same contract always gives the same document. */
export function buildOpenApiDocument(): JsonSchema {
  const schemas = createSchemas();
  const problems = createProblemResponses();
  schemas.of(problemSchema, 'output');
  const paths: Record<string, JsonSchema> = {};
  for (const [operationId, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const operation = operationOf(operationId, endpoint, schemas, problems);
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'CaseTalk API',
      version,
      summary: 'Private talks between clinicians and their patients, on a case.',
      description,
      license: { name: 'All rights reserved', identifier: 'LicenseRef-CaseTalk' },
    },
    servers: [{ url: '/', description: 'The server that this document comes from.' }],
    tags: Object.entries(tags).map(([name, text]) => ({
      name,
      'x-displayName': titleOf(name),
      description: text,
    })),
    paths,
    components: {
      schemas: schemas.all(),
      parameters: sharedParameters,
      headers: sharedHeaders,
      responses: problems.all(),
      securitySchemes,
    },
  };
}

/** `passwordResets` reads "Password resets". */
const titleOf = (tag: string): string =>
  tag.charAt(0).toUpperCase() + tag.slice(1).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
