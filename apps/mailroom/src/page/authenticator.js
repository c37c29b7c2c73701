import { announce, find, fragment, showLine } from './elements.js';
import { send } from './switches.js';

/** From here on a code is about to go: copying it is hardly worth it. */
const ENDING_SECONDS = 5;
const TICK_MS = 250;

const form = /** @type {HTMLFormElement} */ (find('#add-form'));
const codes = find('#codes');
let isRenewing = false;

/** Writes the seconds that are left. @returns Whether a code has run out. */
function countDown() {
  let isOver = false;
  for (const left of codes.querySelectorAll('[data-until]')) {
    if (!(left instanceof HTMLElement)) continue;
    const seconds = Math.ceil((Date.parse(left.dataset['until'] ?? '') - Date.now()) / 1000);
    isOver ||= seconds <= 0;
    const text = String(Math.max(seconds, 0));
    if (left.textContent !== text) left.textContent = text;
    const card = left.closest('.card');
    card?.classList.toggle('ending', seconds <= ENDING_SECONDS);
    const bar = card?.querySelector('progress');
    if (bar) bar.value = Math.max(seconds, 0);
  }
  return isOver;
}

/** Puts the present codes into the page; the button that has the focus keeps it. */
async function renew() {
  if (isRenewing) return;
  isRenewing = true;
  try {
    const response = await fetch('/authenticator/codes');
    if (!response.ok) return;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset : {};
    const { id, action } = focused;
    codes.replaceChildren(fragment(await response.text()));
    find('#count').textContent = String(codes.querySelectorAll('.card').length);
    countDown();
    for (const button of codes.querySelectorAll('button')) {
      if (button.dataset['id'] === id && button.dataset['action'] === action) button.focus();
    }
  } catch {
    // The line says that the mailroom is not answering; the next tick tries again.
  } finally {
    isRenewing = false;
  }
}

/** @param {HTMLElement} button */
async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset['code'] ?? '');
    button.textContent = 'Copied';
    announce('The code is copied');
  } catch {
    announce('The browser does not let the code be copied. Type it instead.');
  }
}

/** @param {() => Promise<void>} work */
async function attempt(work) {
  const error = find('#form-error');
  error.textContent = '';
  try {
    await work();
  } catch (problem) {
    error.textContent = problem instanceof Error ? problem.message : String(problem);
  }
}

codes.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button === null) return;
  if (button.dataset['action'] === 'copy') void copy(button);
  if (button.dataset['action'] === 'remove') {
    void attempt(async () => {
      await send('DELETE', `/api/authenticators/${encodeURIComponent(button.dataset['id'] ?? '')}`);
      announce('The account is removed');
      find('#key').focus();
    });
  }
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const key = /** @type {HTMLInputElement} */ (find('#key')).value;
  const name = /** @type {HTMLInputElement} */ (find('#name')).value;
  void attempt(async () => {
    if (key.trim() === '') throw new Error('Paste the setup key that the portal shows.');
    await send('POST', '/api/authenticators', { key, name });
    form.reset();
    announce('The account is added');
  });
});

const stream = new EventSource('/live');
stream.addEventListener('open', () => {
  showLine('open');
  void renew();
});
stream.addEventListener('error', () => showLine('lost'));
stream.addEventListener('authenticators', () => void renew());
setInterval(() => {
  if (countDown()) void renew();
}, TICK_MS);
countDown();
