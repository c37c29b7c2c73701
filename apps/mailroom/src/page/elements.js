/**
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement}
 * @throws {Error} When the page has lost it.
 */
export function find(selector, root = document) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`The page has no ${selector}.`);
  return element;
}

/** Has a screen reader say it. @param {string} words */
export function announce(words) {
  find('#announcer').textContent = words;
}

/** @param {string} markup Markup the mailroom's own server built and escaped. */
export function fragment(markup) {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return template.content;
}

/**
 * Shows in the header whether the mailroom answers.
 * @param {'open' | 'lost'} line
 */
export function showLine(line) {
  find('#live').textContent = line === 'open' ? 'Live' : 'The mailroom is not answering';
  document.body.dataset['line'] = line;
}
