import sendGrid from '@sendgrid/mail';
import { DeliveryRefused, isRefusal, postponed } from './delivery-failure.ts';
import type { Mailer } from './mailer.ts';

export interface SendGridSettings {
  readonly SENDGRID_API_KEY: string;
  readonly SENDGRID_BASE_URL: string;
  readonly MAIL_FROM: string;
}

const timeoutMs = 5000;

/** Sends through SendGrid's v3 Mail Send. Tracking is off: it would rewrite links that carry secrets. */
export function createSendGridMailer(settings: SendGridSettings): Mailer {
  // The package exports one service for the whole process; a service of our own keeps its settings to itself.
  const service = new (sendGrid.constructor as new () => typeof sendGrid)();
  // The key comes first: setting it puts the address back to SendGrid's own.
  service.setApiKey(settings.SENDGRID_API_KEY);
  const { client } = service as unknown as {
    client: { setDefaultRequest(defaults: { baseUrl: string; maxRedirects: number }): void };
  };
  // SendGrid redirects nobody. A mail carries a link's secret: it goes to the address that was set, or nowhere.
  client.setDefaultRequest({ baseUrl: settings.SENDGRID_BASE_URL, maxRedirects: 0 });
  service.setTimeout(timeoutMs);

  return {
    async send(mail) {
      try {
        const [response] = await service.send({
          to: mail.to,
          from: { email: settings.MAIL_FROM, name: mail.fromName },
          subject: mail.subject,
          content: [
            { type: 'text/plain', value: mail.text },
            { type: 'text/html', value: mail.html },
          ],
          ...(mail.headers ? { headers: { ...mail.headers } } : {}),
          ...(mail.deliveryId ? { customArgs: { deliveryId: mail.deliveryId } } : {}),
          trackingSettings: {
            clickTracking: { enable: false, enableText: false },
            openTracking: { enable: false },
            subscriptionTracking: { enable: false },
            ganalytics: { enable: false },
          },
        });
        const messageId = (response.headers as Record<string, string | undefined>)['x-message-id'];
        return messageId ?? null;
      } catch (error) {
        throw failureOf(error);
      }
    },
  };
}

/** The SDK's errors carry the answer's body, which may repeat addresses: nothing of it is passed on. */
function failureOf(error: unknown): Error {
  const { code, response } = error as {
    code?: unknown;
    response?: { headers?: Readonly<Record<string, unknown>> };
  };
  const status = Number(code);
  if (isRefusal(status)) return new DeliveryRefused('The mail service refused this address.');
  return postponed('SendGrid', status >= 100 ? status : undefined, response?.headers);
}
