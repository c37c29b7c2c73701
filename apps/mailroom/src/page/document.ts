import type { Kind } from '../messages.ts';
import type { Office } from '../office.ts';
import { card } from './cards.ts';
import { pageFrame } from './frame.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { activeSwitches, isAnythingSwitched, switchForm } from './switch-form.ts';

/** Cards of each kind on the page; older messages stay readable through the JSON. */
const SHOWN = 100;

/** The page of the messages as it stands now. @returns An HTML document. */
export function pageDocument(office: Office): string {
  const emails = office.emails.list({}, SHOWN);
  const texts = office.texts.list({}, SHOWN);
  const calls = office.calls.list({}, SHOWN);
  const people = [...new Set([...emails, ...texts, ...calls].map(({ to }) => to))];
  return pageFrame({
    current: 'messages',
    title: 'Mailroom',
    styles: ['switches.css', 'cards.css'],
    script: 'mailroom.js',
    skip: 'Skip to the messages',
    banner: 'Emails, texts and calls stay here: nothing here leaves this machine.',
    shown: SHOWN,
    tools: html`<div class="field filter">
    <label for="filter">Show only messages to</label>
    <input id="filter" type="search" list="people" placeholder="Everyone" maxlength="320" spellcheck="false">
    <datalist id="people">${people.map((person) => html`<option value="${person}"></option>`)}</datalist>
  </div>`,
    main: html`
  <details class="switches">
    <summary><h2>Switches</h2> <span class="meta" id="switched">${switched(office)}</span></summary>
    <div id="active">${activeSwitches(office.switchboard.state)}</div>
    ${switchForm()}
    <p id="form-error" class="form-error" role="alert"></p>
  </details>
  <div class="boxes">
    ${box(
      'email',
      'Emails',
      'Emails appear here as soon as a program sends one.',
      emails.map((email) => card('email', email)),
    )}
    ${box(
      'text',
      'Texts',
      'Text messages appear here as soon as a program sends one.',
      texts.map((text) => card('text', text)),
    )}
    ${box(
      'call',
      'Calls',
      'Telephone calls appear here as soon as a program places one.',
      calls.map((call) => card('call', call)),
    )}
  </div>
`,
  });
}

/** What the summary of the switches says. */
export function switched(office: Office): string {
  return isAnythingSwitched(office.switchboard.state) ? 'something is switched' : 'all normal';
}

function box(kind: Kind, title: string, emptyWords: string, cards: Html[]): Html {
  return html`<section class="box box-${kind}" aria-labelledby="${kind}-title">
    <h2 id="${kind}-title">${title} <span class="count" data-count="${kind}">${cards.length}</span></h2>
    <p class="empty" data-empty="${kind}"${cards.length > 0 && html` hidden`}>${emptyWords}</p>
    <ul class="cards" data-box="${kind}">${cards}</ul>
  </section>`;
}
