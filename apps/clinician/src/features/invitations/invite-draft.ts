import { keep, kept } from '@casetalk/portal';
import { emptyInvite, type InviteValues } from './invite-values.ts';

const nameOf = (caseId: string): string => `invite/${caseId}`;

const fields = Object.keys(emptyInvite) as (keyof InviteValues)[];

/** What a clinician had filled in when the form of a case was torn away, or null. What no longer fits is left out. */
export function inviteDraftOf(personId: string, caseId: string): InviteValues | null {
  const found = kept(personId, nameOf(caseId));
  if (typeof found !== 'object' || found === null) return null;
  const texts = Object.entries(found).filter(
    ([name, value]) => typeof value === 'string' && name in emptyInvite,
  );
  const values: InviteValues = { ...emptyInvite, ...Object.fromEntries(texts) };
  return { ...values, language: values.language === 'es' ? 'es' : 'en' };
}

/** Keeps the form in this tab as it is typed; an untouched form is not kept. */
export function keepInviteDraft(personId: string, caseId: string, values: InviteValues): void {
  const touched = fields.some((name) => values[name] !== emptyInvite[name]);
  keep(personId, nameOf(caseId), touched ? values : undefined);
}

/** The invitation was sent or given up. */
export const dropInviteDraft = (personId: string, caseId: string): void =>
  keep(personId, nameOf(caseId), undefined);
