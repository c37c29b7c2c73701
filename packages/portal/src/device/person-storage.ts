/**
 * What a person has begun and this tab keeps until the service has it or the person signs out: words not saved yet,
 * messages whose sending is not confirmed, forms not sent. The tab's own storage, which goes with the tab; keyed by
 * person, so that nobody sees another one's.
 */
const root = 'casetalk-kept';
const longestKept = 24 * 60 * 60 * 1000;

interface Kept {
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  readonly value: unknown;
}

const keyOf = (personId: string, name: string): string => `${root}/${personId}/${name}`;

/** People who signed out: what their screens still try to keep while they close is not kept. */
const gone = new Set<string>();

/** A person has signed in: from now on things are kept for her. */
export function welcomePerson(personId: string): void {
  gone.delete(personId);
}

/** Keeps a value under a name; `undefined` removes it. Storage that is full or forbidden is no error. */
export function keep(personId: string, name: string, value: unknown): void {
  if (gone.has(personId)) return;
  try {
    if (value === undefined) sessionStorage.removeItem(keyOf(personId, name));
    else
      sessionStorage.setItem(keyOf(personId, name), JSON.stringify({ at: Date.now(), value } satisfies Kept));
  } catch {
    // The page works without it; only a reload would lose what was typed.
  }
}

/** What was kept under a name, or undefined. */
export function kept(personId: string, name: string): unknown {
  try {
    const text = sessionStorage.getItem(keyOf(personId, name));
    return text === null ? undefined : (JSON.parse(text) as Kept).value;
  } catch {
    return undefined;
  }
}

const forgetters = new Set<() => void>();

/** Registers what must be dropped from memory when a person leaves. */
export function whenForgotten(drop: () => void): void {
  forgetters.add(drop);
}

/** Removes everything of a person from this tab, in storage and in memory. */
export function forgetPerson(personId: string): void {
  gone.add(personId);
  for (const drop of forgetters) drop();
  removeWhere((name) => name.startsWith(`${root}/${personId}/`));
}

/** Removes what nobody came back for within a day, and all that an older version kept for longer. */
export function forgetOld(now: number): void {
  removeWhere((name, text) => {
    if (!name.startsWith(`${root}/`)) return false;
    try {
      return now - (JSON.parse(text) as Kept).at > longestKept;
    } catch {
      return true;
    }
  });
  removeWhere(
    (name) => name.startsWith(`${root}/`),
    () => localStorage,
  );
}

/** @param open a browser that forbids storage throws here */
function removeWhere(fits: (name: string, text: string) => boolean, open = () => sessionStorage): void {
  try {
    const storage = open();
    const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
    for (const name of names) {
      if (name !== null && fits(name, storage.getItem(name) ?? '')) storage.removeItem(name);
    }
  } catch {
    // No storage, nothing to remove.
  }
}
