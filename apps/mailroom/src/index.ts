import { fastify } from 'fastify';
import { serveApi } from './api-routes.ts';
import type { Settings } from './api-routes.ts';
import { Office } from './office.ts';
import { servePage } from './page/routes.ts';
import { EventSigner } from './sendgrid-keys.ts';
import type { SendGridKeyPair } from './sendgrid-keys.ts';
import { serveSendGrid } from './sendgrid-routes.ts';
import { serveTwilio } from './twilio-routes.ts';

export type { SendGridKeyPair } from './sendgrid-keys.ts';

export interface MailroomOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** 127.0.0.1 unless said otherwise. */
  host?: string;
  /** The only SendGrid key let in; any key when left out. */
  sendGridApiKey?: string | undefined;
  /** The only Twilio account let in; any when left out. */
  twilioAccountSid?: string | undefined;
  /** The only Twilio token let in, and the one callbacks are signed with; the caller's own when left out. */
  twilioAuthToken?: string | undefined;
  /** Where SendGrid's events are posted; can be set later by `PUT /api/settings`. */
  eventWebhookUrl?: string | undefined;
  /** Signs SendGrid's events; generated when left out. */
  sendGridKeyPair?: SendGridKeyPair | undefined;
  /** `otpauth://` addresses of the accounts that the authenticator has from the start. */
  authenticatorAccounts?: readonly string[] | undefined;
}

export interface Mailroom {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** Base64 of the DER SPKI key that SendGrid's events are checked with. */
  sendGridPublicKey: string;
  /** Ends every connection, also those that are kept waiting. */
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;
const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * Starts a stand-in for SendGrid and Twilio that keeps everything in memory.
 * @throws When the port is taken, the signing key is not a P-256 private key or an account cannot be read.
 */
export async function startMailroom(options: MailroomOptions = {}): Promise<Mailroom> {
  const office = new Office();
  for (const account of options.authenticatorAccounts ?? []) office.authenticators.add(account);
  const signer = new EventSigner(options.sendGridKeyPair);
  const settings: Settings = { eventWebhookUrl: options.eventWebhookUrl ?? null };
  const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true, return503OnClosing: false });

  // Another site open in the same browser must not steer the mailroom.
  app.addHook('onRequest', (request, reply, done) => {
    const site = request.headers['sec-fetch-site'] ?? 'none';
    if (SAFE_METHODS.has(request.method) || site === 'none' || site === 'same-origin') {
      done();
      return;
    }
    void reply.code(403).send({ error: 'Only the mailroom itself may do this.' });
  });

  await app.register(async (scope) =>
    serveSendGrid(scope, {
      office,
      signer,
      apiKey: options.sendGridApiKey ?? null,
      webhookUrl: () => settings.eventWebhookUrl,
    }),
  );
  await app.register(async (scope) =>
    serveTwilio(scope, {
      office,
      accountSid: options.twilioAccountSid ?? null,
      authToken: options.twilioAuthToken ?? null,
    }),
  );
  await app.register(async (scope) =>
    serveApi(scope, { office, settings, sendGridPublicKey: signer.publicKey }),
  );
  await app.register(async (scope) => servePage(scope, office));

  const url = await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  return {
    url,
    sendGridPublicKey: signer.publicKey,
    close: async () => {
      office.close();
      await app.close();
    },
  };
}
