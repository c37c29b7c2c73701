import * as z from 'zod';

/**
 * Every error that the API answers, as RFC 9457 problem details. The list is closed: `code` never takes another value.
 * `title` is for people who read logs and the reference; the portals have their own words for each code, in each language.
 */
export const problems = {
  'invalid-request': { status: 400, title: 'The request does not fit the contract' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  'wrong-credentials': { status: 401, title: 'The email or password is incorrect' },
  'cross-site': { status: 403, title: 'The request came from another site' },
  'reauthentication-needed': { status: 403, title: 'Confirm again that it is you' },
  'terms-due': { status: 403, title: 'New terms of use must be accepted first' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'already-exists': { status: 409, title: 'This exists already' },
  'state-conflict': { status: 409, title: 'This is no longer possible in the present state' },
  'last-factor': { status: 409, title: 'The last second factor cannot be removed' },
  'someone-else-signed-in': { status: 409, title: 'Another person is signed in' },
  'busy-try-again': { status: 409, title: 'The same request is still being worked on' },
  'version-conflict': { status: 412, title: 'It was changed by somebody else in the meantime' },
  'protocol-version': { status: 412, title: 'This version of the protocol is not spoken here' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The content type is not accepted here' },
  'file-type-refused': { status: 415, title: 'Files of this type are not accepted' },
  'range-not-satisfiable': { status: 416, title: 'The range lies outside the file' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'preview-not-ready': { status: 409, title: 'The preview is still being made' },
  'file-checking': { status: 409, title: 'The file is still being checked for viruses' },
  'picture-damaged': { status: 422, title: 'The picture is damaged: its metadata cannot be removed' },
  'file-empty': { status: 422, title: 'The file is empty' },
  'too-many-files': { status: 422, title: 'Too many files' },
  'quota-reached': { status: 422, title: 'The room for files is used up' },
  'phone-refused': { status: 422, title: 'Codes cannot be sent to this phone number' },
  'code-wrong': { status: 422, title: 'The code is not right or no longer valid' },
  'passkey-refused': { status: 422, title: 'The passkey could not be verified' },
  'password-refused': { status: 422, title: 'The password does not meet the requirements' },
  'link-unusable': { status: 422, title: 'The link cannot be used' },
  'too-many-tries': { status: 429, title: 'Too many tries' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  'storage-full': { status: 507, title: 'There is no room for the file' },
} as const;

export type ProblemCode = keyof typeof problems;

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

export const fieldErrorSchema = z.object({
  /** JSON Pointer (RFC 6901) into the body, query or path, such as `/email`. */
  pointer: z.string(),
  /** Where the value stood. */
  in: z.enum(['body', 'query', 'path', 'header']),
  /** How to mend it, as a sentence. */
  detail: z.string(),
});

export const problemSchema = z
  .object({
    type: z.string().describe('A URI reference that identifies the problem, `/problems/{code}`.'),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(codes),
    detail: z.string().optional().describe('How to mend it, as a sentence.'),
    instance: z.string().optional().describe('The id of the request, as found in the logs.'),
    errors: z.array(fieldErrorSchema).optional(),
    retryAfterSeconds: z.int().optional().describe('Whole seconds until it makes sense to try again.'),
    triesLeft: z.int().optional(),
    linkStatus: z.enum(['expired', 'revoked', 'used', 'unknown']).optional(),
    needs: z
      .array(z.enum(['password', 'factor']))
      .optional()
      .describe('What has to be confirmed again before this is possible.'),
    quota: z.enum(['talk', 'case', 'day']).optional().describe('Whose room for files is used up.'),
    unmet: z.array(z.string()).optional().describe('The password requirements that are not met.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });

export type Problem = z.infer<typeof problemSchema>;
export type FieldError = z.infer<typeof fieldErrorSchema>;
