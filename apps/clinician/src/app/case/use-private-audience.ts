import type { Audience } from '@casetalk/contract';
import { useClinicianMe, useReaderNames } from '@casetalk/portal';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';

/** Who can read a patient talk, in the words of its banner: computed from the rules, never a fixed sentence. */
export function usePrivateAudience(audience: Audience): { readonly title: string; readonly detail: string } {
  const t = useClinicianWords();
  const me = useClinicianMe();
  const { everyone } = useReaderNames(audience, ({ id, role }) => role !== 'patient' && id === me.id);
  return { title: t('talks.private.title', { readers: everyone }), detail: t('talks.private.detail') };
}
