import { z } from 'zod';

/** One entry of SendGrid's `errors` list. */
export interface SendGridError {
  message: string;
  field: string | null;
  help: string | null;
}

const emailPattern = /^[^\s@<>,;"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

const person = z.object({
  email: z
    .string('An email address is required.')
    .regex(emailPattern, 'This is not a valid email address.')
    .max(320),
  name: z.string().max(1000).optional(),
});

const people = z.array(person).max(1000);
const scalars = z.record(
  z.string().max(200),
  z.union([z.string(), z.number(), z.boolean()]).pipe(z.coerce.string()),
);
const headers = z.record(z.string().max(200), z.string().max(5000));

const personalization = z.object({
  to: people.min(1, 'Every personalization needs at least one address in its to array.'),
  cc: people.optional(),
  bcc: people.optional(),
  subject: z.string().min(1).max(998).optional(),
  headers: headers.optional(),
  custom_args: scalars.optional(),
});

const content = z.object({
  type: z.string('A content block needs a type.').min(1).max(200),
  value: z.string('A content block needs a value.').min(1, 'The content value must not be empty.'),
});

const request = z.object({
  personalizations: z
    .array(personalization, 'The personalizations array is required.')
    .min(1, 'At least one personalization is required.')
    .max(1000, 'At most 1000 personalizations are allowed in one request.'),
  from: person,
  reply_to: person.optional(),
  subject: z.string().max(998).optional(),
  content: z.array(content).max(10).optional(),
  attachments: z
    .array(
      z.object({
        content: z.base64('The attachment content must be base64.').min(1),
        filename: z.string().min(1).max(500),
        type: z.string().max(200).optional(),
      }),
    )
    .max(100)
    .optional(),
  headers: headers.optional(),
  custom_args: scalars.optional(),
  categories: z.array(z.string().max(255)).max(10).optional(),
  template_id: z.string().optional(),
  tracking_settings: z.record(z.string(), z.unknown()).optional(),
  mail_settings: z.object({ sandbox_mode: z.object({ enable: z.boolean() }).optional() }).optional(),
});

export type SendRequest = z.infer<typeof request>;

/** Headers SendGrid writes itself and therefore refuses. */
const RESERVED_HEADERS = new Set([
  'x-sg-id',
  'x-sg-eid',
  'received',
  'dkim-signature',
  'content-type',
  'content-transfer-encoding',
  'to',
  'from',
  'subject',
  'reply-to',
  'cc',
  'bcc',
]);
const MAX_CUSTOM_ARGS_BYTES = 10_000;

/**
 * Reads a `POST /v3/mail/send` body by SendGrid's rules.
 * @returns The request, or the errors in SendGrid's shape; `field` is its dotted path.
 */
export function readSendRequest(body: unknown): { request: SendRequest } | { errors: SendGridError[] } {
  const parsed = request.safeParse(body);
  if (!parsed.success) {
    return { errors: parsed.error.issues.map(({ message, path }) => refusal(message, path.join('.'))) };
  }
  const errors = ruleErrors(parsed.data);
  return errors.length > 0 ? { errors } : { request: parsed.data };
}

/** One error in SendGrid's shape. */
export function refusal(message: string, field: string | null = null): SendGridError {
  return { message, field: field === '' ? null : field, help: null };
}

function ruleErrors(sent: SendRequest): SendGridError[] {
  return [
    ...contentErrors(sent),
    ...sent.personalizations.flatMap((_, index) => personalErrors(sent, index)),
  ];
}

function contentErrors(sent: SendRequest): SendGridError[] {
  const errors: SendGridError[] = [];
  if (sent.template_id !== undefined) {
    errors.push(refusal('The mailroom holds no templates: send the content itself.', 'template_id'));
  }
  const everyoneHasSubject = sent.personalizations.every(({ subject }) => subject !== undefined);
  if ((sent.subject ?? '') === '' && !everyoneHasSubject) {
    errors.push(refusal('A subject is required, here or in every personalization.', 'subject'));
  }
  const types = (sent.content ?? []).map(({ type }) => type);
  if (types.length === 0) errors.push(refusal('At least one content block is required.', 'content'));
  const rank = (type: string) => ['text/plain', 'text/html'].indexOf(type) + 1 || 3;
  const isOrdered = types.every((type, index) => index === 0 || rank(types[index - 1] ?? '') <= rank(type));
  if (!isOrdered) {
    errors.push(refusal('text/plain comes first, then text/html, then any other content.', 'content'));
  }
  return errors;
}

function personalErrors(sent: SendRequest, index: number): SendGridError[] {
  const errors: SendGridError[] = [];
  const field = `personalizations.${index}`;
  const own = sent.personalizations[index];
  if (own === undefined) return errors;
  const seen = new Set<string>();
  for (const list of ['to', 'cc', 'bcc'] as const) {
    for (const { email } of own[list] ?? []) {
      if (seen.has(email.toLowerCase())) {
        errors.push(refusal(`${email} stands more than once in to, cc and bcc.`, `${field}.${list}`));
      }
      seen.add(email.toLowerCase());
    }
  }
  const customArgs = { ...sent.custom_args, ...own.custom_args };
  if (Buffer.byteLength(JSON.stringify(customArgs)) > MAX_CUSTOM_ARGS_BYTES) {
    errors.push(refusal('custom_args must stay under 10,000 bytes.', `${field}.custom_args`));
  }
  for (const name of Object.keys({ ...sent.headers, ...own.headers })) {
    if (RESERVED_HEADERS.has(name.toLowerCase())) {
      errors.push(refusal(`The header ${name} is reserved.`, `${field}.headers`));
    }
  }
  return errors;
}
