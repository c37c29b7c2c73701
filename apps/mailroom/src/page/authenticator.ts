import type { AuthenticatorCode } from '../authenticators.ts';
import { pageFrame } from './frame.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

const CODE_GROUP = /\d{3}(?=\d)/g;

/** The page of the one-time codes as it stands now. @returns An HTML document. */
export function authenticatorDocument(accounts: readonly AuthenticatorCode[]): string {
  return pageFrame({
    current: 'authenticator',
    title: 'Authenticator',
    styles: ['cards.css', 'authenticator.css'],
    script: 'authenticator.js',
    skip: 'Skip to the codes',
    banner: 'An authenticator app for demo and test accounts. Do not keep the keys of real accounts here.',
    main: html`
  <section class="adding" aria-labelledby="adding-title">
    <h2 id="adding-title">Add an account</h2>
    <form id="add-form" class="add-form" autocomplete="off">
      <div class="field">
        <label for="key">Setup key, or an address that begins with otpauth://</label>
        <input id="key" name="key" maxlength="2000" spellcheck="false" autocapitalize="off"
          aria-describedby="form-error">
      </div>
      <div class="field">
        <label for="name">Name (if you like)</label>
        <input id="name" name="name" maxlength="320" spellcheck="false" autocapitalize="off">
      </div>
      <button type="submit" class="button button-main add">Add account</button>
    </form>
    <p id="form-error" class="form-error" role="alert"></p>
  </section>
  <section aria-labelledby="codes-title">
    <h2 id="codes-title">Codes <span class="count" id="count">${accounts.length}</span></h2>
    <div id="codes">${codeList(accounts)}</div>
  </section>
`,
  });
}

/** The accounts with their codes: the part of the page that is renewed. */
export function codeList(accounts: readonly AuthenticatorCode[]): Html {
  if (accounts.length === 0) {
    return html`<p class="empty">No accounts yet. Add one with the setup key that the portal shows.</p>`;
  }
  return html`<ul class="cards codes">${accounts.map(codeCard)}</ul>`;
}

function codeCard({ id, name, issuer, code, until, secondsLeft, period }: AuthenticatorCode): Html {
  return html`<li class="card">
    <article aria-labelledby="${id}-name">
      <header>
        <h3 id="${id}-name">${name}</h3>
        ${issuer !== '' && html`<p class="meta">${issuer}</p>`}
      </header>
      <div class="code-row">
        <output class="code" aria-label="Code of ${name}">${code.replaceAll(CODE_GROUP, '$& ')}</output>
        <div class="left">
          <progress max="${period}" value="${secondsLeft}" aria-hidden="true"></progress>
          <span><span data-until="${until}">${secondsLeft}</span> s left</span>
        </div>
      </div>
      <div class="row">
        <button type="button" class="button button-main" data-action="copy" data-id="${id}" data-code="${code}"
          aria-label="Copy code of ${name}">Copy code</button>
        <button type="button" class="button" data-action="remove" data-id="${id}"
          aria-label="Remove ${name}">Remove</button>
      </div>
    </article>
  </li>`;
}
