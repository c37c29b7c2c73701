import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DeliveryPostponed } from './delivery-failure.ts';
import { createSendGridMailer } from './sendgrid-mailer.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('mail to SendGrid', () => {
  it.each([301, 302, 303, 307, 308])(
    'follows no redirect (%i): the secret in it goes nowhere else',
    async (status) => {
      const seen: string[] = [];
      const elsewhere = await listen((request, response) => {
        seen.push(request.url ?? '');
        response.writeHead(202).end();
      });
      const sendGrid = await listen((_request, response) => {
        response.writeHead(status, { location: `${elsewhere}/stolen` }).end();
      });
      const mailer = createSendGridMailer({
        SENDGRID_API_KEY: 'SG.unit.test',
        SENDGRID_BASE_URL: sendGrid,
        MAIL_FROM: 'no-reply@casetalk.example.com',
      });
      const mail = { to: 'ana@example.com', fromName: 'CaseTalk', subject: 's', text: 't', html: '<p>t</p>' };
      await expect(mailer.send(mail)).rejects.toBeInstanceOf(DeliveryPostponed);
      expect(seen).toEqual([]);
    },
  );
});
