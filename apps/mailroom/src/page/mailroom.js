import { announce, find, fragment, showLine } from './elements.js';
import { canSpeak, speak, stopSpeaking } from './speech.js';
import { readForm, resetSwitches, send, setSwitches } from './switches.js';

const KINDS = /** @type {const} */ (['email', 'text', 'call']);
const shown = Number(document.body.dataset['shown']);
const filter = /** @type {HTMLInputElement} */ (find('#filter'));
const form = /** @type {HTMLFormElement} */ (find('#switch-form'));

/** Shows what the filter lets through, and how much that is. */
function applyFilter() {
  const wanted = filter.value.trim().toLowerCase();
  for (const kind of KINDS) {
    let count = 0;
    for (const card of document.querySelectorAll(`.card-${kind}`)) {
      if (!(card instanceof HTMLElement)) continue;
      card.hidden = wanted !== '' && !(card.dataset['to'] ?? '').includes(wanted);
      if (!card.hidden) count += 1;
    }
    find(`[data-count="${kind}"]`).textContent = String(count);
    const empty = find(`[data-empty="${kind}"]`);
    empty.dataset['words'] ??= empty.textContent ?? '';
    empty.textContent = wanted === '' ? empty.dataset['words'] : `No ${kind}s to “${wanted}”.`;
    empty.hidden = count > 0;
  }
}

/** Writes times the way the reader's own clock does. @param {ParentNode} root */
function localTimes(root) {
  for (const time of root.querySelectorAll('time[data-local]')) {
    if (!(time instanceof HTMLTimeElement)) continue;
    const moment = new Date(time.dateTime);
    time.textContent = moment.toLocaleTimeString(undefined, { timeStyle: 'medium' });
    time.title = moment.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' });
  }
}

/** Gives an email the height it needs. @param {HTMLIFrameElement} frame */
function fit(frame) {
  const root = frame.contentDocument?.documentElement;
  if (root === undefined || frame.offsetParent === null) return;
  // A document is never shorter than its frame, so the frame is made small to measure it.
  frame.style.height = '1px';
  frame.style.height = `${root.scrollHeight + 2}px`;
}

/** @param {ParentNode} root */
function prepare(root) {
  localTimes(root);
  for (const frame of root.querySelectorAll('iframe')) frame.addEventListener('load', () => fit(frame));
  for (const button of root.querySelectorAll('[data-action="play"]')) {
    if (button instanceof HTMLButtonElement && !canSpeak) {
      button.disabled = true;
      button.textContent = 'This browser cannot read aloud';
    }
  }
}

/** The newest email is the one somebody waits for: it lies open. */
function openNewest() {
  const letter = document.querySelector('[data-letter]');
  if (letter instanceof HTMLDetailsElement) letter.open = true;
}

/** @param {string} person */
function remember(person) {
  const people = find('#people');
  if ([...people.children].some((option) => option.getAttribute('value') === person)) return;
  const option = document.createElement('option');
  option.value = person;
  people.append(option);
}

/**
 * @param {string} kind
 * @param {{ id: string, to: string, isNew: boolean, html: string }} change
 */
function showChange(kind, { id, to, isNew, html }) {
  const card = document.getElementById(id);
  if (isNew && card === null) {
    const list = find(`[data-box="${kind}"]`);
    list.prepend(fragment(html));
    while (list.children.length > shown) list.lastElementChild?.remove();
    prepare(find('.card', list));
    openNewest();
    remember(to);
    applyFilter();
    announce(`New ${kind} to ${to}`);
    return;
  }
  if (card === null) return;
  const part = find('[data-part="state"]', card);
  const wasOpen = part.querySelector('details')?.open ?? false;
  const wasFocused = part.contains(document.activeElement);
  part.replaceChildren(fragment(html));
  localTimes(part);
  const details = part.querySelector('details');
  if (details !== null) details.open = wasOpen;
  if (wasFocused) (part.querySelector('button') ?? part.querySelector('summary'))?.focus();
}

function listen() {
  const stream = new EventSource('/live');
  let wasLost = false;
  stream.addEventListener('open', () => {
    // What happened while the line was cut is only known to a fresh page.
    if (wasLost) location.reload();
    showLine('open');
  });
  stream.addEventListener('error', () => {
    wasLost = true;
    showLine('lost');
  });
  for (const kind of KINDS) {
    stream.addEventListener(kind, (event) => showChange(kind, JSON.parse(event.data)));
  }
  stream.addEventListener('switches', (event) => {
    const { html, summary } = JSON.parse(event.data);
    find('#active').replaceChildren(fragment(html));
    find('#switched').textContent = summary;
  });
  stream.addEventListener('cleared', () => {
    stopSpeaking();
    for (const kind of KINDS) find(`[data-box="${kind}"]`).replaceChildren();
    applyFilter();
    announce('The mailroom is empty');
  });
}

/** @param {HTMLElement} button */
function play(button) {
  const isPlaying = button.dataset['playing'] === 'yes';
  if (isPlaying) {
    stopSpeaking();
    return;
  }
  speak(JSON.parse(button.dataset['lines'] ?? '[]'), () => {
    delete button.dataset['playing'];
    button.textContent = 'Play';
  });
  button.dataset['playing'] = 'yes';
  button.textContent = 'Stop';
}

/** @param {HTMLElement} button */
function showView(button) {
  const letter = button.closest('[data-letter]');
  if (letter === null) return;
  const wanted = button.dataset['view'];
  for (const other of letter.querySelectorAll('[data-view]')) {
    other.setAttribute('aria-pressed', String(other === button));
  }
  for (const part of letter.querySelectorAll('[data-shows]')) {
    if (part instanceof HTMLElement) part.hidden = part.dataset['shows'] !== wanted;
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

/** @param {HTMLElement} button */
function act(button) {
  const { action, id = '', who = '' } = button.dataset;
  const box = `${button.closest('.card')?.getAttribute('data-kind') ?? ''}s`;
  if (action === 'play') play(button);
  if (action === 'release') void attempt(() => send('POST', `/api/${box}/${encodeURIComponent(id)}/release`));
  if (action === 'press') {
    void attempt(() => send('POST', `/api/calls/${encodeURIComponent(id)}/digits`, { digits: '1' }));
  }
  if (action === 'unset') void attempt(() => setSwitches(who, {}));
  if (action === 'clear') void attempt(() => send('DELETE', '/api/everything'));
  if (action === 'reset') {
    form.reset();
    void attempt(resetSwitches);
  }
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button === null) return;
  if (button.dataset['view'] !== undefined) showView(button);
  if (button.dataset['action'] !== undefined) act(button);
});
// "toggle" does not bubble, but it can be caught on its way down.
document.addEventListener(
  'toggle',
  (event) => {
    const frame = event.target instanceof Element ? event.target.querySelector('iframe') : null;
    if (frame !== null) fit(frame);
  },
  true,
);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const who = /** @type {HTMLInputElement} */ (find('#switch-who'));
  void attempt(async () => {
    await setSwitches(who.value.trim(), readForm(form));
    announce('The switches are set');
  });
});
filter.addEventListener('input', applyFilter);
prepare(document);
openNewest();
listen();
