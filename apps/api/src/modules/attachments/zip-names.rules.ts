/** What Windows takes in no name, and what parts a path. */
const refused = /[<>:"/\\|?*]|\p{Cc}/gu;
/** Names of devices there, whatever their ending. */
const devices = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?=\.|$)/i;
const longest = 200;

/**
 * Names for files side by side in one folder, on any system: none is a path, none is taken twice, great and small letters
 * being the same.
 * @param names as people gave them, cleaned when they were uploaded
 * @param taken names that others have already
 * @returns one for each, in their order; those that may stay as they are do
 */
export function zipNames(names: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const numbers = new Map<string, number>();
  return names.map((given) => {
    const safe = safeName(given);
    const ending = /\.[^.]{1,16}$/.exec(safe)?.[0] ?? '';
    const stem = safe.slice(0, safe.length - ending.length);
    let name = safe;
    // Goes on where the last one of this name stopped: a thousand of the same name take a thousand steps.
    let number = numbers.get(safe.toLowerCase()) ?? 1;
    while (used.has(name.toLowerCase())) {
      number += 1;
      name = `${stem} (${number})${ending}`;
    }
    numbers.set(safe.toLowerCase(), number);
    used.add(name.toLowerCase());
    return name;
  });
}

function safeName(given: string): string {
  const plain = given
    .replaceAll(refused, '_')
    .replace(/[. ]+$/, '')
    .replace(devices, '_$&')
    .replace(/^\.+/, '_');
  const ending = /\.[^.]{1,16}$/.exec(plain)?.[0] ?? '';
  const stem = plain.slice(0, Math.min(plain.length - ending.length, longest - ending.length));
  const name = stem.replace(/[\uD800-\uDBFF]$/, '') + ending;
  return name === '' ? 'file' : name;
}
