import type { Call, Email, Kind, Message, MessageOf, SpokenLine, Text } from '../messages.ts';
import { html, linked } from './html.ts';
import type { Html } from './html.ts';

/** One message as the page shows it; its `state` part alone is replaced when the message changes. */
export function card<K extends Kind>(kind: K, message: MessageOf[K]): Html {
  const body = { email: emailBody, text: textBody, call: callBody }[kind] as (message: MessageOf[K]) => Html;
  return html`<li class="card card-${kind}" id="${message.id}" data-to="${message.to}" data-kind="${kind}">
    <article aria-labelledby="${message.id}-title">
      ${body(message)}
      <div data-part="state">${state(kind, message)}</div>
    </article>
  </li>`;
}

/** The part of a card that changes: where the message is, and what can be done about it. */
export function state<K extends Kind>(kind: K, message: MessageOf[K]): Html {
  const action = kind === 'call' ? 'Answer' : 'Release';
  return html`<div class="state">
      <span class="chip chip-${tone(message)}">${statusWords(kind, message)}</span>
      ${
        message.held &&
        html`<button type="button" class="button" data-action="release" data-id="${message.id}"
          aria-label="${action} ${kind} to ${message.to}">${action}</button>`
      }
      ${kind === 'call' && pressing(message as Call)}
    </div>
    ${message.events.length > 0 && history(message)}`;
}

function emailBody(email: Email): Html {
  const to = email.toName === null ? email.to : `${email.toName} <${email.to}>`;
  const from = email.fromName === null ? email.from : `${email.fromName} <${email.from}>`;
  const { id } = email;
  return html`<header class="card-head">
      <h3 id="${id}-title">${email.subject}</h3>
      ${time(email)}
    </header>
    <p class="meta">To <strong>${to}</strong><br>From ${from}</p>
    <details class="letter" data-letter>
      <summary>Read this email</summary>
      ${
        email.html !== null &&
        email.text !== null &&
        html`<div class="views" role="group" aria-label="How to show this email">
          <button type="button" class="view" data-view="html" aria-pressed="true">As it looks</button>
          <button type="button" class="view" data-view="text" aria-pressed="false">Plain text</button>
        </div>`
      }
      ${
        email.html !== null &&
        html`<iframe data-shows="html" title="Email: ${email.subject}" loading="lazy"
          sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
          src="/emails/${encodeURIComponent(id)}/body"></iframe>`
      }
      ${
        email.text !== null &&
        html`<pre data-shows="text"${email.html !== null && html` hidden`}>${linked(email.text)}</pre>`
      }
      ${
        email.attachments.length > 0 &&
        html`<p class="meta">Attached: ${email.attachments
          .map(({ filename, bytes }) => `${filename} (${bytes} bytes)`)
          .join(', ')}</p>`
      }
    </details>`;
}

function textBody(text: Text): Html {
  return html`<header class="card-head">
      <h3 id="${text.id}-title">${text.to}</h3>
      ${time(text)}
    </header>
    <p class="bubble">${linked(text.body)}</p>
    <p class="meta">From ${text.from === '' ? text.messagingServiceSid : text.from}</p>`;
}

function callBody(call: Call): Html {
  const words = call.lines.flatMap((line) => (line.kind === 'words' ? [line] : []));
  return html`<header class="card-head">
      <h3 id="${call.id}-title">${call.to}</h3>
      ${time(call)}
    </header>
    <div class="words">
      ${words.map(({ text, language }) => html`<p lang="${language}">${text}</p>`)}
      ${words.length === 0 && html`<p>This call says nothing.</p>`}
    </div>
    <p class="meta">From ${call.from}</p>
    <p><button type="button" class="button" data-action="play" data-lines="${spoken(call.lines)}"
      aria-label="Play call to ${call.to}">Play</button></p>`;
}

function spoken(lines: SpokenLine[]): string {
  return JSON.stringify(lines);
}

function pressing(call: Call): Html | false {
  if (call.gather === null || call.gather.action !== null || call.readings === 0) return false;
  return html`<button type="button" class="button" data-action="press" data-id="${call.id}"
      aria-label="Press 1 in call to ${call.to}">Press 1</button>
    <span class="meta">Read ${call.readings} ${call.readings === 1 ? 'time' : 'times'}</span>`;
}

function history(message: Message): Html {
  const told = {
    none: '',
    waiting: ', sender not told yet',
    sent: ', sender told',
    failed: ', sender could not be told',
  };
  return html`<details class="history">
    <summary>What happened</summary>
    <ol>
      ${message.events.map(
        ({ name, at, detail, callback }) =>
          html`<li><strong>${name}</strong> <time datetime="${at}" data-local>${clock(at)} UTC</time>${told[callback]}${
            detail !== null && html`<br><span class="detail">${detail}</span>`
          }</li>`,
      )}
    </ol>
  </details>`;
}

function statusWords(kind: Kind, message: Message): string {
  if (message.held) return kind === 'call' ? 'Ringing' : 'Held back';
  const words = message.status.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function tone({ status, held }: Message): 'wait' | 'good' | 'bad' {
  if (held) return 'wait';
  if (['delivered', 'completed', 'in-progress'].includes(status)) return 'good';
  return ['processed', 'deferred', 'queued', 'sent', 'initiated', 'ringing'].includes(status)
    ? 'wait'
    : 'bad';
}

function time({ receivedAt }: Message): Html {
  return html`<time class="time" datetime="${receivedAt}" data-local>${clock(receivedAt)} UTC</time>`;
}

function clock(iso: string): string {
  return iso.slice(11, 19);
}
