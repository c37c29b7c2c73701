import { defaults } from '../switches.ts';
import type { PersonSwitches, Switches } from '../switches.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

type Channel = 'email' | 'text' | 'call';
type Choices = Record<string, string>;

const ANSWERS: Choices = {
  accept: 'accepts it',
  badRequest: 'refuses it (400)',
  tooMany: 'has too many requests (429)',
  serverError: 'has an error (500)',
  hang: 'takes it and never answers',
  down: 'is down',
};
const OUTCOMES: Record<Channel, Choices> = {
  email: {
    deliver: 'is delivered',
    bounce: 'bounces',
    block: 'is blocked',
    drop: 'is dropped',
    defer: 'is deferred, then delivered',
  },
  text: {
    deliver: 'is delivered',
    undelivered: 'is undelivered (30003)',
    blocked: 'is filtered (30007)',
    fail: 'fails (30008)',
  },
  call: {
    answer: 'is answered',
    machine: 'is answered by a machine',
    noAnswer: 'is not answered',
    busy: 'meets a busy line',
    fail: 'fails',
  },
};
const LANDLINE: Choices = {
  no: 'no',
  refuse: 'yes: texts are refused (21614)',
  undelivered: 'yes: texts are undelivered (30006)',
};
const AGAIN: Choices = {
  seconds: 'in seconds',
  date: 'by a date',
  reset: 'by X-RateLimit-Reset',
  nothing: 'to nobody',
};
const TITLES: Record<Channel, string> = { email: 'Emails', text: 'Texts', call: 'Calls' };
const CHANNELS: Channel[] = ['email', 'text', 'call'];

/** The form that sets the switches of everyone or of one person. */
export function switchForm(): Html {
  return html`<form id="switch-form" autocomplete="off">
    <div class="field">
      <label for="switch-who">Who it is for: an address, a number, or nothing for everyone</label>
      <input id="switch-who" name="who" list="people" maxlength="320" spellcheck="false">
    </div>
    <div class="channels">${CHANNELS.map(fieldset)}</div>
    <div class="row">
      <button type="submit" class="button button-main">Set switches</button>
      <button type="button" class="button" data-action="reset">Everything back to normal</button>
      <button type="button" class="button" data-action="clear">Empty the mailroom</button>
    </div>
  </form>`;
}

/** What is switched at the moment, in words. */
export function activeSwitches({ everyone, recipients }: Switches): Html {
  const people = [
    ...(isSet(everyone) ? [entry('Everyone', '', everyone)] : []),
    ...Object.entries(recipients).map(([to, person]) => entry(to, to, person)),
  ];
  if (people.length === 0)
    return html`<p class="meta">Nothing is switched: everything is delivered at once.</p>`;
  return html`<ul class="active">${people}</ul>`;
}

/** Whether anything differs from its default, for the summary line. */
export function isAnythingSwitched({ everyone, recipients }: Switches): boolean {
  return isSet(everyone) || Object.keys(recipients).length > 0;
}

function entry(name: string, to: string, person: PersonSwitches): Html {
  return html`<li>
    <span><strong>${name}</strong>: ${CHANNELS.flatMap((channel) => inWords(channel, person)).join('; ')}</span>
    <button type="button" class="button" data-action="unset" data-who="${to}"
      aria-label="Back to normal: ${name}">Back to normal</button>
  </li>`;
}

function isSet(person: PersonSwitches): boolean {
  return CHANNELS.some((channel) => Object.keys(person[channel] ?? {}).length > 0);
}

function inWords(channel: Channel, person: PersonSwitches): string[] {
  const set: Record<string, unknown> = person[channel] ?? {};
  const words = Object.entries(set).map(([name, value]) => {
    if (name === 'answer') return `provider ${ANSWERS[String(value)] ?? ''}`;
    if (name === 'outcome') return OUTCOMES[channel][String(value)] ?? '';
    if (name === 'landline') return `landline ${LANDLINE[String(value)] ?? ''}`;
    if (name === 'hold') return value === true ? 'held back' : 'not held back';
    if (name === 'deliveryDelayMs') return `delivery after ${String(value)} ms`;
    if (name === 'callbackDelayMs') return `callbacks after ${String(value)} ms`;
    if (name === 'retryAfterAs') return `says so ${AGAIN[String(value)] ?? ''}`;
    return `retry after ${String(value)} s`;
  });
  return words.length === 0 ? [] : [`${channel} ${words.join(', ')}`];
}

function fieldset(channel: Channel): Html {
  const held = channel === 'call' ? 'Let it ring until answered here' : 'Hold back until released';
  return html`<fieldset data-channel="${channel}">
    <legend>${TITLES[channel]}</legend>
    ${choice(channel, 'answer', 'The provider', ANSWERS, defaults[channel].answer)}
    ${choice(channel, 'outcome', 'Then it', OUTCOMES[channel], defaults[channel].outcome)}
    ${channel === 'text' && choice(channel, 'landline', 'A landline', LANDLINE, defaults.text.landline)}
    ${number(channel, 'deliveryDelayMs', 'Delivery delay, ms')}
    ${number(channel, 'callbackDelayMs', 'Callback delay, ms')}
    <div class="check">
      <input type="checkbox" id="${channel}-hold" name="hold">
      <label for="${channel}-hold">${held}</label>
    </div>
  </fieldset>`;
}

function choice(channel: Channel, name: string, label: string, choices: Choices, normal: string): Html {
  return html`<div class="field">
    <label for="${channel}-${name}">${label}</label>
    <select id="${channel}-${name}" name="${name}" data-normal="${normal}">
      ${Object.entries(choices).map(([value, words]) => html`<option value="${value}">${words}</option>`)}
    </select>
  </div>`;
}

function number(channel: Channel, name: string, label: string): Html {
  return html`<div class="field">
    <label for="${channel}-${name}">${label}</label>
    <input id="${channel}-${name}" name="${name}" type="number" min="0" max="600000" step="1" value="0"
      inputmode="numeric" data-normal="0">
  </div>`;
}
