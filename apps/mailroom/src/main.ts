import { startMailroom } from './index.ts';

/** The mailroom as a process of its own: settings from the environment, one line when it is ready. */
const { env } = process;
const DEFAULT_PORT = 8025;

const privateKey = given('MAILROOM_SENDGRID_PRIVATE_KEY');
const mailroom = await startMailroom({
  port: Number(given('MAILROOM_PORT') ?? DEFAULT_PORT),
  host: given('MAILROOM_HOST') ?? '127.0.0.1',
  sendGridApiKey: given('SENDGRID_API_KEY'),
  twilioAccountSid: given('TWILIO_ACCOUNT_SID'),
  twilioAuthToken: given('TWILIO_AUTH_TOKEN'),
  eventWebhookUrl: given('MAILROOM_EVENT_WEBHOOK_URL'),
  sendGridKeyPair: privateKey === undefined ? undefined : { privateKey },
});
process.stdout.write(`Mailroom ready at ${mailroom.url}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void mailroom.close());
}

/** An empty variable counts as one that is not set. */
function given(name: string): string | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
}
