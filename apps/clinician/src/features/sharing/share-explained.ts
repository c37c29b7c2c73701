const keyOf = (personId: string): string => `casetalk-share-explained/${personId}`;

/** Whether this person has shared a file before on this device, and so knows what the button does. */
export function wasExplained(personId: string): boolean {
  try {
    return localStorage.getItem(keyOf(personId)) !== null;
  } catch {
    return false;
  }
}

/** The explanation has done its work. */
export function rememberExplained(personId: string): void {
  try {
    localStorage.setItem(keyOf(personId), 'yes');
  } catch {
    // Without storage it explains itself once more.
  }
}
