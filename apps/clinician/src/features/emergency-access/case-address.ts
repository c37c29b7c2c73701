const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The id of a case out of its address in a browser, or the id alone; null when there is none in it. */
export function caseIdIn(text: string): string | null {
  const typed = text.trim();
  const [alone] = uuid.exec(typed) ?? [];
  if (alone !== undefined && alone.length === typed.length) return alone.toLowerCase();
  const [, inPath] = new RegExp(`/cases/(${uuid.source})(?:[/?#]|$)`, 'i').exec(typed) ?? [];
  return inPath?.toLowerCase() ?? null;
}
