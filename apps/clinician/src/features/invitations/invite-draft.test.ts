import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dropInviteDraft, inviteDraftOf, keepInviteDraft } from './invite-draft.ts';
import { emptyInvite } from './invite-values.ts';

const begun = { ...emptyInvite, email: 'ana@example.com', language: 'es' as const };

/** As much of a browser's storage as keeping takes. */
function stubStorage(): void {
  const texts = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => texts.set(name, text),
    removeItem: (name: string) => texts.delete(name),
  });
}

beforeEach(stubStorage);
afterEach(() => vi.unstubAllGlobals());

describe('an invite form that was torn away', () => {
  test('is found again by the same person on the same case, and by nobody else', () => {
    keepInviteDraft('chen', 'case-1', begun);
    expect(inviteDraftOf('chen', 'case-1')).toEqual(begun);
    expect(inviteDraftOf('chen', 'case-2')).toBeNull();
    expect(inviteDraftOf('noor', 'case-1')).toBeNull();
  });

  test('is gone once it was sent or given up', () => {
    keepInviteDraft('chen', 'case-1', begun);
    dropInviteDraft('chen', 'case-1');
    expect(inviteDraftOf('chen', 'case-1')).toBeNull();
  });

  test('is not kept when nothing is filled in, also not any more', () => {
    keepInviteDraft('chen', 'case-1', begun);
    keepInviteDraft('chen', 'case-1', emptyInvite);
    expect(inviteDraftOf('chen', 'case-1')).toBeNull();
  });

  test('reads what an older version kept as far as it fits', () => {
    keepInviteDraft('chen', 'case-1', { ...begun, language: 'fr', fax: '1' } as unknown as typeof begun);
    expect(inviteDraftOf('chen', 'case-1')).toEqual({ ...begun, language: 'en' });
  });
});
