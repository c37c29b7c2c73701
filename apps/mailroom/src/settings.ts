const DEFAULT_PORT = 8025;

/** An empty variable counts as one that is not set. */
function given(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}

/** What the mailroom's process is told by its environment; what is absent, it chooses or leaves out. */
export function readSettings() {
  const privateKey = given('MAILROOM_SENDGRID_PRIVATE_KEY');
  return {
    port: Number(given('MAILROOM_PORT') ?? DEFAULT_PORT),
    host: given('MAILROOM_HOST') ?? '127.0.0.1',
    sendGridApiKey: given('SENDGRID_API_KEY'),
    twilioAccountSid: given('TWILIO_ACCOUNT_SID'),
    twilioAuthToken: given('TWILIO_AUTH_TOKEN'),
    eventWebhookUrl: given('MAILROOM_EVENT_WEBHOOK_URL'),
    // Addresses hold no spaces, so that spaces and new lines can stand between them.
    authenticatorAccounts: given('MAILROOM_AUTHENTICATOR_ACCOUNTS')?.trim().split(/\s+/),
    sendGridKeyPair: privateKey === undefined ? undefined : { privateKey },
  };
}
