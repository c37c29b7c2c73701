import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { afterAnswer, cutConnection, keepWaiting, sayWhenAgain } from './answers.ts';
import { placeCall } from './call-journey.ts';
import type { Call, Text } from './messages.ts';
import type { Office } from './office.ts';
import type { CallSwitch, TextSwitch } from './switches.ts';
import { carryText } from './text-journey.ts';
import { readCallRequest, readTextRequest, TwilioError } from './twilio-request.ts';
import { callResource, messageResource } from './twilio-resources.ts';
import { readTwiml, TwimlError } from './twiml.ts';

interface TwilioOptions {
  office: Office;
  /** The only account that is let in; any is when it is null. */
  accountSid: string | null;
  /** The only token that is let in; any is, and signs the callbacks, when it is null. */
  authToken: string | null;
}

interface Account {
  sid: string;
  authToken: string;
}

type AccountParams = { Params: { account: string } };
type ResourceParams = { Params: { account: string; resource: string } };

const BASE = '/2010-04-01/Accounts/:account';

/** Serves Twilio's Messages and Calls resources. */
export function serveTwilio(app: FastifyInstance, options: TwilioOptions): void {
  const { office } = options;
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body.toString())),
  );
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const known = error instanceof TwilioError ? error.refusal : null;
    const status = known?.status ?? error.statusCode ?? 500;
    const code = known?.code ?? 20500;
    const more = `https://www.twilio.com/docs/errors/${code}`;
    return reply.code(status).send({ code, message: error.message, more_info: more, status });
  });

  app.post<AccountParams>(`${BASE}/Messages.json`, (request, reply) => {
    const account = letIn(request, options);
    const { to, ...wanted } = readTextRequest(form(request));
    const how = office.switchboard.text(to);
    if (how.answer === 'down') return cutConnection(reply);
    refuseIfSwitched(how, reply);
    if (how.landline === 'refuse') {
      throw new TwilioError(400, 21614, `The 'To' number ${to} is not a mobile number.`);
    }
    const text: Text = {
      id: sid('SM'),
      to,
      ...wanted,
      receivedAt: new Date().toISOString(),
      arrivedAt: null,
      held: false,
      status: 'queued',
      events: [],
      errorCode: null,
      accountSid: account.sid,
    };
    office.take(office.texts, text, how);
    const carry = () => office.travel((era) => carryText(text, how, office, account.authToken, era));
    return answer(reply, how, messageResource(text), carry);
  });

  app.post<AccountParams>(`${BASE}/Calls.json`, (request, reply) => {
    const account = letIn(request, options);
    const { to, ...wanted } = readCallRequest(form(request));
    const script = scriptOf(wanted.twiml);
    const how = office.switchboard.call(to);
    if (how.answer === 'down') return cutConnection(reply);
    refuseIfSwitched(how, reply);
    const call: Call = {
      id: sid('CA'),
      to,
      ...wanted,
      ...script,
      pressed: [],
      readings: 0,
      receivedAt: new Date().toISOString(),
      arrivedAt: null,
      held: false,
      status: 'queued',
      events: [],
      accountSid: account.sid,
    };
    office.take(office.calls, call, how);
    const place = () => office.travel((era) => placeCall(call, how, office, account.authToken, era));
    return answer(reply, how, callResource(call), place);
  });

  app.get<ResourceParams>(`${BASE}/Messages/:resource`, (request) => {
    letIn(request, options);
    const text = office.texts.find(request.params.resource.replace(/\.json$/, ''));
    if (text === null) throw notFound();
    return messageResource(text);
  });

  app.get<ResourceParams>(`${BASE}/Calls/:resource`, (request) => {
    letIn(request, options);
    const call = office.calls.find(request.params.resource.replace(/\.json$/, ''));
    if (call === null) throw notFound();
    return callResource(call);
  });

  // Of what can be changed about a call the mailroom knows one thing: hanging up.
  app.post<ResourceParams>(`${BASE}/Calls/:resource`, (request) => {
    letIn(request, options);
    const call = office.calls.find(request.params.resource.replace(/\.json$/, ''));
    if (call === null) throw notFound();
    if (form(request).get('Status') === 'completed' && call.status === 'in-progress') {
      call.status = 'completed';
      office.calls.changed(call);
    }
    return callResource(call);
  });
}

/** Answers 201, or leaves the caller hanging; either way the message goes its way. */
function answer(
  reply: FastifyReply,
  how: TextSwitch | CallSwitch,
  resource: Record<string, unknown>,
  work: () => void,
) {
  if (how.answer === 'hang') {
    work();
    return keepWaiting(reply);
  }
  afterAnswer(reply, work);
  return reply.code(201).send(resource);
}

function refuseIfSwitched(how: TextSwitch | CallSwitch, reply: FastifyReply): void {
  const { answer } = how;
  if (answer === 'badRequest')
    throw new TwilioError(400, 21211, "The 'To' number is not a valid phone number.");
  if (answer === 'serverError') throw new TwilioError(500, 20500, 'An internal server error has occurred.');
  if (answer === 'tooMany') {
    sayWhenAgain(reply, how);
    throw new TwilioError(429, 20429, 'Too many requests.');
  }
}

/** Checks the basic credentials. @throws {TwilioError} 20003 when they do not fit. */
function letIn(request: FastifyRequest<AccountParams>, { accountSid, authToken }: TwilioOptions): Account {
  const encoded = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  const token = rest.join(':');
  const { account } = request.params;
  const isKnown = user === account && (accountSid === null || user === accountSid);
  if (!isKnown || token === '' || (authToken !== null && token !== authToken)) {
    throw new TwilioError(401, 20003, 'Authentication failed: the account or its token is wrong.');
  }
  return { sid: account.slice(0, 100), authToken: token };
}

function form(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
}

function scriptOf(twiml: string) {
  try {
    return readTwiml(twiml);
  } catch (error) {
    // Twilio would place the call and read an error aloud; failing at once shows the mistake sooner.
    if (error instanceof TwimlError) throw new TwilioError(400, 12100, `Twiml: ${error.message}`);
    throw error;
  }
}

function notFound(): TwilioError {
  return new TwilioError(404, 20404, 'The requested resource was not found.');
}

function sid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}
