import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Change, Office } from '../office.ts';
import { authenticatorDocument, codeList } from './authenticator.ts';
import { card, state } from './cards.ts';
import { pageDocument, switched } from './document.ts';
import { activeSwitches } from './switch-form.ts';

const ASSETS = {
  'mailroom.css': { file: new URL('./mailroom.css', import.meta.url), type: 'text/css; charset=utf-8' },
  'switches.css': { file: new URL('./switches.css', import.meta.url), type: 'text/css; charset=utf-8' },
  'cards.css': { file: new URL('./cards.css', import.meta.url), type: 'text/css; charset=utf-8' },
  'authenticator.css': {
    file: new URL('./authenticator.css', import.meta.url),
    type: 'text/css; charset=utf-8',
  },
  'authenticator.js': {
    file: new URL('./authenticator.js', import.meta.url),
    type: 'text/javascript; charset=utf-8',
  },
  'elements.js': { file: new URL('./elements.js', import.meta.url), type: 'text/javascript; charset=utf-8' },
  'mailroom.js': { file: new URL('./mailroom.js', import.meta.url), type: 'text/javascript; charset=utf-8' },
  'speech.js': { file: new URL('./speech.js', import.meta.url), type: 'text/javascript; charset=utf-8' },
  'switches.js': { file: new URL('./switches.js', import.meta.url), type: 'text/javascript; charset=utf-8' },
} as const;

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; " +
  "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/**
 * An email brings its own inline styles, so it is a document of its own with its own policy (one given
 * as srcdoc would inherit the page's and lose them): it runs nothing and loads nothing from anywhere.
 * `allow-same-origin` only lets the page measure its height; without scripts it can do nothing with it.
 */
const EMAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";
const MAX_LISTENERS = 100;

/** Serves the page, its assets, the emails' bodies and the stream of what happens. */
export function servePage(app: FastifyInstance, office: Office): void {
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', PAGE_POLICY);
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    reply.header('cache-control', 'no-store');
  });

  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(pageDocument(office)));

  app.get('/authenticator', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(authenticatorDocument(office.authenticators.list())),
  );
  app.get('/authenticator/codes', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(codeList(office.authenticators.list()).text),
  );

  for (const [name, { file, type }] of Object.entries(ASSETS)) {
    app.get(`/page/${name}`, async (_request, reply) => reply.type(type).send(await readFile(file)));
  }

  app.get<{ Params: { id: string } }>('/emails/:id/body', (request, reply) => {
    const body = office.emails.find(request.params.id)?.html ?? null;
    if (body === null) return reply.code(404).type('text/plain').send('There is no such email.');
    return reply
      .header('content-security-policy', EMAIL_POLICY)
      .type('text/html; charset=utf-8')
      .send(withNewTabLinks(body));
  });

  const listeners = new Set<ServerResponse>();
  app.get('/live', (_request, reply): void => {
    if (listeners.size >= MAX_LISTENERS) {
      void reply.code(503).send({ error: 'Too many pages are open.' });
      return;
    }
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    stream.write(': open\n\n');
    listeners.add(stream);
    const stop = office.onChange((change) => {
      stream.write(`event: ${change.kind}\ndata: ${JSON.stringify(told(change, office))}\n\n`);
    });
    stream.once('close', () => {
      stop();
      listeners.delete(stream);
    });
  });
}

/** What the page needs to show a change. */
function told(change: Change, office: Office): Record<string, unknown> {
  switch (change.kind) {
    case 'cleared':
    case 'authenticators':
      return {};
    case 'switches':
      return { html: activeSwitches(office.switchboard.state).text, summary: switched(office) };
    default: {
      const { message, isNew } = change;
      return {
        id: message.id,
        to: message.to,
        isNew,
        // The union's kinds and records belong together; the compiler cannot follow that here.
        html: (isNew ? card(change.kind, message as never) : state(change.kind, message as never)).text,
      };
    }
  }
}

/** Makes every link open a new tab; the base must stand inside an existing head to keep its doctype. */
function withNewTabLinks(body: string): string {
  const base = '<base target="_blank">';
  const opening = /<head[^>]*>/i.exec(body) ?? /<html[^>]*>/i.exec(body) ?? /<!doctype[^>]*>/i.exec(body);
  if (opening === null) return base + body;
  const end = opening.index + opening[0].length;
  return body.slice(0, end) + base + body.slice(end);
}
