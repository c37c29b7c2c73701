import type { Endpoint } from '@casetalk/contract';
import { exampleBodies } from './examples.ts';
import { parametersOf } from './parameters.ts';
import type { createProblemResponses } from './problem-responses.ts';
import type { JsonSchema, Schemas } from './schemas.ts';
import { securityOf } from './security.ts';

const binary = { type: 'string', format: 'binary' };
const headerRef = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** Headers that several answers share. */
export const sharedHeaders = {
  RetryAfter: {
    description: 'Whole seconds until it makes sense to try again.',
    schema: { type: 'integer', minimum: 0 },
  },
  Location: {
    description: 'Where the new resource is found, or the page for a person.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  ETag: {
    description: 'Names the present version; for a file, the SHA-256 of its bytes.',
    schema: { type: 'string' },
  },
  ContentDisposition: {
    description: 'Always `attachment`, with the file’s name (RFC 6266).',
    schema: { type: 'string' },
  },
  ContentRange: {
    description: 'Which bytes these are, and of how many.',
    schema: { type: 'string' },
  },
  UploadOffset: {
    description: 'Bytes of the upload that are safely here (tus).',
    schema: { type: 'integer', minimum: 0 },
  },
  UploadLength: { description: 'Bytes of the whole file (tus).', schema: { type: 'integer', minimum: 1 } },
  UploadExpires: {
    description: 'When an unfinished upload is forgotten, as an HTTP date (tus).',
    schema: { type: 'string' },
  },
  SetCookie: { description: 'Carries the credentials from now on.', schema: { type: 'string' } },
};

/** Operations that hand out a cookie. */
const givesCookie = new Set([
  'signIn',
  'startRegistration',
  'setRegistrationPassword',
  'startPasswordReset',
  'changePassword',
  'submitSignInAuthenticatorCode',
  'submitSignInRecoveryCode',
  'submitSignInPasskey',
  'submitSignInCode',
  'confirmSignInAuthenticator',
  'enrolSignInPasskey',
  'reauthenticate',
]);

/** Operations whose body is a form. */
const takesForm = new Set(['receiveTwilioStatus', 'unsubscribeInOneClick']);

/** One operation in OpenAPI's words. */
export function operationOf(
  operationId: string,
  endpoint: Endpoint,
  schemas: Schemas,
  problems: ReturnType<typeof createProblemResponses>,
): JsonSchema {
  const parameters = parametersOf(operationId, endpoint, schemas);
  const body = requestBodyOf(operationId, endpoint, schemas);
  return {
    operationId,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description ? { description: endpoint.description } : {}),
    security: securityOf(endpoint),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: { ...answersOf(operationId, endpoint, schemas), ...problems.of(endpoint) },
  };
}

function requestBodyOf(operationId: string, endpoint: Endpoint, schemas: Schemas): JsonSchema | undefined {
  if (endpoint.transfer === 'upload') {
    const schema = { type: 'object', required: ['file'], properties: { file: binary } };
    return { required: true, content: { 'multipart/form-data': { schema } } };
  }
  if (endpoint.transfer === 'append') {
    return { required: true, content: { 'application/offset+octet-stream': { schema: binary } } };
  }
  if (!endpoint.body) return undefined;
  const mediaType = takesForm.has(operationId) ? 'application/x-www-form-urlencoded' : 'application/json';
  const example = exampleBodies[operationId];
  return {
    required: true,
    content: {
      [mediaType]: { schema: schemas.of(endpoint.body, 'input'), ...(example ? { example } : {}) },
    },
  };
}

function answersOf(operationId: string, endpoint: Endpoint, schemas: Schemas): JsonSchema {
  if (endpoint.transfer === 'download') return downloadAnswers();
  const headers = {
    ...(endpoint.status === 201 || endpoint.status === 303 ? { Location: headerRef('Location') } : {}),
    ...(givesCookie.has(operationId) ? { 'Set-Cookie': headerRef('SetCookie') } : {}),
    ...(endpoint.path === '/v1/cases/{caseId}' ? { ETag: headerRef('ETag') } : {}),
    ...(endpoint.tus
      ? { 'Upload-Offset': headerRef('UploadOffset'), 'Upload-Expires': headerRef('UploadExpires') }
      : {}),
    ...(endpoint.tus === 'state' ? { 'Upload-Length': headerRef('UploadLength') } : {}),
  };
  const mediaType = endpoint.transfer === 'events' ? 'text/event-stream' : 'application/json';
  return {
    [endpoint.status]: {
      description: endpoint.output ? 'Done.' : 'Done; there is nothing to say.',
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(endpoint.output
        ? { content: { [mediaType]: { schema: schemas.of(endpoint.output, 'output') } } }
        : {}),
    },
    ...(endpoint.accepted
      ? {
          202: {
            description: 'Not done yet: this comes first.',
            ...(givesCookie.has(operationId) ? { headers: { 'Set-Cookie': headerRef('SetCookie') } } : {}),
            content: { [mediaType]: { schema: schemas.of(endpoint.accepted, 'output') } },
          },
        }
      : {}),
  };
}

function downloadAnswers(): JsonSchema {
  const headers = { ETag: headerRef('ETag'), 'Content-Disposition': headerRef('ContentDisposition') };
  const content = { '*/*': { schema: binary } };
  return {
    200: { description: 'The whole file.', headers, content },
    206: {
      description: 'The range that was asked for.',
      headers: { ...headers, 'Content-Range': headerRef('ContentRange') },
      content,
    },
  };
}
