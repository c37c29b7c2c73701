import type { Audience } from '@casetalk/contract';
import { useClinicianMe, useLanguage } from '@casetalk/portal';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';

/** Who can read a patient talk, in the words of its banner: computed from the rules, never a fixed sentence. */
export function usePrivateAudience(audience: Audience): { readonly title: string; readonly detail: string } {
  const t = useClinicianWords();
  const language = useLanguage();
  const me = useClinicianMe();
  const others = audience.people.filter(({ id, role }) => role === 'patient' || id !== me.id);
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(others.map(({ name }) => name));
  return { title: t('talks.private.title', { name: names }), detail: t('talks.private.detail') };
}
