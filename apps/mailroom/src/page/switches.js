/** @typedef {Record<string, Record<string, string | number | boolean>>} PersonSwitches */

/**
 * What the form asks for, leaving out what stands at its default.
 * @param {HTMLFormElement} form
 * @returns {PersonSwitches}
 */
export function readForm(form) {
  /** @type {PersonSwitches} */
  const person = {};
  for (const fieldset of form.querySelectorAll('fieldset')) {
    /** @type {Record<string, string | number | boolean>} */
    const channel = {};
    for (const control of fieldset.elements) {
      if (control instanceof HTMLInputElement && control.type === 'checkbox') {
        if (control.checked) channel[control.name] = true;
      } else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
        const isNumber = control instanceof HTMLInputElement;
        if (control.value !== control.dataset['normal']) {
          channel[control.name] = isNumber ? Number(control.value) : control.value;
        }
      }
    }
    const name = fieldset.dataset['channel'];
    if (name !== undefined && Object.keys(channel).length > 0) person[name] = channel;
  }
  return person;
}

/**
 * Sets the switches of one person, or of everyone when `who` is empty.
 * @param {string} who
 * @param {PersonSwitches} person
 */
export async function setSwitches(who, person) {
  if (who !== '') {
    await send('PUT', `/api/switches/${encodeURIComponent(who)}`, person);
    return;
  }
  const response = await fetch('/api/switches');
  const { recipients } = await response.json();
  await send('PUT', '/api/switches', { everyone: person, recipients });
}

/** Puts everything back to normal. */
export async function resetSwitches() {
  await send('PUT', '/api/switches', {});
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @throws {Error} With the mailroom's own words when it refuses.
 */
export async function send(method, path, body) {
  const init =
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(path, init);
  if (response.ok) return;
  const { error, message } = await response.json();
  throw new Error(error ?? message);
}
