import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { afterAnswer, cutConnection, keepWaiting, sayWhenAgain } from './answers.ts';
import type { Email } from './messages.ts';
import type { Office } from './office.ts';
import { carryEmail } from './sendgrid-journey.ts';
import type { EventSigner } from './sendgrid-keys.ts';
import { readSendRequest, refusal } from './sendgrid-request.ts';
import type { SendGridError, SendRequest } from './sendgrid-request.ts';
import type { EmailSwitch } from './switches.ts';

interface SendGridOptions {
  office: Office;
  signer: EventSigner;
  /** The only key that is let in; any key is when it is null. */
  apiKey: string | null;
  webhookUrl: () => string | null;
}

/** Serves SendGrid's `POST /v3/mail/send`. */
export function serveSendGrid(
  app: FastifyInstance,
  { office, signer, apiKey, webhookUrl }: SendGridOptions,
): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) =>
    refuse(reply, error.statusCode ?? 500, [refusal(error.message)]),
  );

  app.post('/v3/mail/send', async (request, reply) => {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined || (apiKey !== null && key !== apiKey)) {
      return refuse(reply, 401, [refusal('The API key is missing, invalid or revoked.')]);
    }
    const read = readSendRequest(request.body);
    if ('errors' in read) return refuse(reply, 400, read.errors);

    const emails = toEmails(read.request);
    const hows = emails.map((email) => office.switchboard.email(email.to));
    const how = hows.find(({ answer }) => answer !== 'accept') ?? hows[0];
    if (how === undefined) return refuse(reply, 400, [refusal('Nobody to send to.', 'personalizations')]);
    if (isRefused(how)) return answerBadly(reply, how);
    if (read.request.mail_settings?.sandbox_mode?.enable === true) return reply.code(200).send();

    const carry = () => {
      for (const [index, email] of emails.entries()) {
        const own = hows[index] ?? how;
        office.travel((era) => carryEmail(email, own, { office, signer, webhookUrl }, era));
      }
    };
    for (const [index, email] of emails.entries()) office.take(office.emails, email, hows[index] ?? how);
    if (how.answer === 'hang') {
      carry();
      return keepWaiting(reply);
    }
    afterAnswer(reply, carry);
    return reply.code(202).header('x-message-id', emails[0]?.messageId).send();
  });
}

function isRefused({ answer }: EmailSwitch): boolean {
  return answer !== 'accept' && answer !== 'hang';
}

function answerBadly(reply: FastifyReply, how: EmailSwitch) {
  switch (how.answer) {
    case 'down':
      return cutConnection(reply);
    case 'tooMany':
      sayWhenAgain(reply, how);
      if (how.retryAfterAs !== 'nothing') {
        reply.header('x-ratelimit-limit', 600).header('x-ratelimit-remaining', 0);
        reply.header('x-ratelimit-reset', Math.ceil(Date.now() / 1000) + how.retryAfterSeconds);
      }
      return refuse(reply, 429, [refusal('too many requests')]);
    case 'badRequest':
      return refuse(reply, 400, [
        refusal('This is not a valid email address.', 'personalizations.0.to.0.email'),
      ]);
    default:
      return refuse(reply, 500, [refusal('Internal server error')]);
  }
}

function refuse(reply: FastifyReply, status: number, errors: SendGridError[]) {
  return reply.code(status).send({ errors });
}

function toEmails(sent: SendRequest): Email[] {
  const messageId = randomBytes(16).toString('base64url');
  const receivedAt = new Date().toISOString();
  const content = (wanted: string) => sent.content?.find(({ type }) => type === wanted)?.value ?? null;
  return sent.personalizations.flatMap((own, place) =>
    [...own.to, ...(own.cc ?? []), ...(own.bcc ?? [])].map((person, index): Email => {
      const id = `${messageId}-${place}-${index}`;
      return {
        id,
        messageId,
        sgMessageId: `${messageId}.recvd-mailroom-1-${place}.${index}`,
        to: person.email.toLowerCase(),
        toName: person.name ?? null,
        from: sent.from.email,
        fromName: sent.from.name ?? null,
        replyTo: sent.reply_to?.email ?? null,
        subject: own.subject ?? sent.subject ?? '',
        html: content('text/html'),
        text: content('text/plain'),
        headers: { ...sent.headers, ...own.headers },
        customArgs: { ...sent.custom_args, ...own.custom_args },
        categories: sent.categories ?? [],
        trackingSettings: sent.tracking_settings ?? null,
        attachments: (sent.attachments ?? []).map(({ filename, type, content }) => ({
          filename,
          type: type ?? null,
          bytes: Buffer.byteLength(content, 'base64'),
        })),
        receivedAt,
        arrivedAt: null,
        held: false,
        status: 'processed',
        events: [],
      };
    }),
  );
}
