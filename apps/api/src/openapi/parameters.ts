import { type Endpoint, idempotencyHeader, limits, portalHeader, tusVersion } from '@casetalk/contract';
import type * as z from 'zod';
import type { JsonSchema, Schemas } from './schemas.ts';

type Parameter = JsonSchema;

/** Header parameters that several operations share. */
export const sharedParameters: Record<string, Parameter> = {
  Portal: {
    name: portalHeader,
    in: 'header',
    required: true,
    description: 'Which kind of account this is about: the portals’ web servers set it.',
    schema: { type: 'string', enum: ['clinician', 'patient'] },
  },
  IdempotencyKey: {
    name: idempotencyHeader,
    in: 'header',
    required: true,
    description:
      'A new UUID for each thing to be created. Sent again with the same key, the request creates nothing further and gets the same answer.',
    schema: { type: 'string', format: 'uuid' },
    example: '0b1d6c0e-8d57-4a39-9a39-6f3a3a0f7c11',
  },
  IfMatch: {
    name: 'if-match',
    in: 'header',
    required: true,
    description: 'The version that the change is based on, in quotation marks.',
    schema: { type: 'string' },
    example: '"3"',
  },
  Range: {
    name: 'range',
    in: 'header',
    description: 'One range of bytes. Several ranges get the whole file.',
    schema: { type: 'string' },
    example: 'bytes=0-1048575',
  },
  TusResumable: {
    name: 'tus-resumable',
    in: 'header',
    required: true,
    description: 'The version of the tus protocol.',
    schema: { type: 'string', const: tusVersion },
  },
  UploadLength: {
    name: 'upload-length',
    in: 'header',
    required: true,
    description: 'Bytes of the whole file.',
    schema: { type: 'integer', minimum: 1, maximum: limits.fileSize },
  },
  UploadMetadata: {
    name: 'upload-metadata',
    in: 'header',
    required: true,
    description:
      '`filename` and the file’s name in UTF-8 and base64, with a space between. After a comma, `fingerprint` and 16 to 64 letters and digits by which the sender will know the file again, in base64 as well; other pairs are not looked at.',
    schema: { type: 'string', maxLength: 4096 },
    example: 'filename a25lZS5tcDQ=',
  },
  UploadOffset: {
    name: 'upload-offset',
    in: 'header',
    required: true,
    description: 'Where these bytes begin: the offset that the upload has.',
    schema: { type: 'integer', minimum: 0 },
  },
  IfRange: {
    name: 'if-range',
    in: 'header',
    description:
      'The `ETag` of the part already there: the range counts only while it is still the same file.',
    schema: { type: 'string' },
  },
};

/** Operations that make no sense without knowing which kind of account is meant. */
const aboutOnePortal = new Set(['signIn', 'requestPasswordReset', 'startPasswordReset']);

/** Everything that goes into the address and the headers of an operation. */
export function parametersOf(operationId: string, endpoint: Endpoint, schemas: Schemas): Parameter[] {
  const shared = [
    ...(aboutOnePortal.has(operationId) ? ['Portal'] : []),
    ...(endpoint.idempotent ? ['IdempotencyKey'] : []),
    ...(endpoint.problems.includes('version-conflict') ? ['IfMatch'] : []),
    ...(endpoint.tus === 'creation' ? ['TusResumable', 'UploadLength', 'UploadMetadata'] : []),
    ...(endpoint.tus === 'append' ? ['TusResumable', 'UploadOffset'] : []),
    ...(endpoint.transfer === 'download' ? ['Range', 'IfRange'] : []),
  ];
  return [
    ...fieldsOf(endpoint.params, 'path', schemas),
    ...fieldsOf(endpoint.query, 'query', schemas),
    ...shared.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

function fieldsOf(object: z.ZodObject | undefined, place: 'path' | 'query', schemas: Schemas): Parameter[] {
  if (!object) return [];
  const { properties = {}, required = [] } = schemas.of(object, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property;
    const parameter: Parameter = { name, in: place };
    if (place === 'path' || required.includes(name)) parameter['required'] = true;
    if (description) parameter['description'] = description;
    parameter['schema'] = schema;
    return parameter;
  });
}
