import { randomBytes } from 'node:crypto';
import { Courier } from './courier.ts';
import type { Email, EmailStatus, MessageEvent } from './messages.ts';
import { note } from './office.ts';
import type { Office } from './office.ts';
import type { EventSigner } from './sendgrid-keys.ts';
import type { EmailSwitch } from './switches.ts';

interface Outcome {
  status: EmailStatus;
  event: string;
  /** Fields SendGrid writes on this kind of event. */
  fields: Record<string, string | number>;
}

const DEFERRED: Outcome = {
  status: 'deferred',
  event: 'deferred',
  fields: { response: '451 4.2.1 Mailbox temporarily unavailable, try again later', attempt: '1' },
};
const DELIVERED: Outcome = { status: 'delivered', event: 'delivered', fields: { response: '250 OK' } };
const OUTCOMES: Record<EmailSwitch['outcome'], Outcome> = {
  deliver: DELIVERED,
  defer: DELIVERED,
  bounce: {
    status: 'bounced',
    event: 'bounce',
    fields: {
      type: 'bounce',
      reason: '550 5.1.1 The email account that you tried to reach does not exist',
      status: '5.1.1',
      bounce_classification: 'Invalid Address',
    },
  },
  block: {
    status: 'blocked',
    event: 'bounce',
    fields: {
      type: 'blocked',
      reason: '550 5.7.1 Message refused by the policy of the receiving server',
      status: '5.7.1',
      bounce_classification: 'Content',
    },
  },
  drop: { status: 'dropped', event: 'dropped', fields: { reason: 'Bounced Address', status: '5.0.0' } },
};

interface Route {
  office: Office;
  signer: EventSigner;
  /** Where events go at this moment; null when nobody listens. */
  webhookUrl: () => string | null;
}

/** Carries one accepted email to its person and reports on the way through the Event Webhook. */
export async function carryEmail(
  email: Email,
  how: EmailSwitch,
  { office, signer, webhookUrl }: Route,
  era: AbortSignal,
): Promise<void> {
  const courier = new Courier({
    delayMs: how.callbackDelayMs,
    repeatsRefused: true,
    era,
    onProgress: () => office.emails.changed(email),
  });
  const happen = (name: string, fields: Outcome['fields']) => {
    const url = webhookUrl();
    const detail = fields['reason'] ?? fields['response'] ?? null;
    const event = note(email, name, detail === null ? null : String(detail), url !== null);
    if (url !== null) tell(courier, url, signer, email, event, fields);
    office.emails.changed(email);
  };

  const outcome = OUTCOMES[how.outcome];
  if (how.outcome === 'drop') {
    // SendGrid drops before it processes: nothing was ever on its way.
    email.status = outcome.status;
    happen(outcome.event, outcome.fields);
    office.emails.arrive(email);
    return;
  }
  happen('processed', {});
  if (how.outcome === 'defer') {
    email.status = DEFERRED.status;
    happen(DEFERRED.event, DEFERRED.fields);
  }
  await office.passage(email, how.deliveryDelayMs, era);
  email.status = outcome.status;
  happen(outcome.event, outcome.fields);
  office.emails.arrive(email);
}

function tell(
  courier: Courier,
  url: string,
  signer: EventSigner,
  email: Email,
  event: MessageEvent,
  fields: Outcome['fields'],
): void {
  const body = JSON.stringify([
    {
      // SendGrid lays the custom arguments beside its own fields, which win.
      ...email.customArgs,
      email: email.to,
      timestamp: Math.floor(Date.parse(event.at) / 1000),
      event: event.name,
      'smtp-id': `<${email.messageId}@geopod-ismtpd-mailroom>`,
      ...(email.categories.length > 0 ? { category: email.categories } : {}),
      sg_event_id: randomBytes(16).toString('base64url'),
      sg_message_id: email.sgMessageId,
      ...fields,
    },
  ]);
  courier.tell(event, () => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    return {
      url,
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'SendGrid Event API',
        'x-twilio-email-event-webhook-signature': signer.sign(timestamp, body),
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
    };
  });
}
