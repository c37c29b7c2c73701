import { createInvitationBody, type Invitation, phoneText } from '@casetalk/contract';
import { type FormErrors } from '@mantine/form';
import type { ClinicianWords } from '../../lib/words/use-clinician-words.ts';
import type { InviteInput } from './invitation-queries.ts';
import { judgedBy } from '../../lib/judged-by.ts';

/** The invite form as it is typed: every field a text. */
export interface InviteValues {
  email: string;
  confirmEmail: string;
  mobile: string;
  landline: string;
  language: 'en' | 'es';
  firstMessage: string;
}

export const emptyInvite: InviteValues = {
  email: '',
  confirmEmail: '',
  mobile: '',
  landline: '',
  language: 'en',
  firstMessage: '',
};

/** An invitation as the form shows it again, to be corrected. */
export const valuesOf = (invitation: Invitation): InviteValues => ({
  email: invitation.email,
  confirmEmail: invitation.email,
  mobile: invitation.mobile ?? '',
  landline: invitation.landline ?? '',
  language: invitation.language,
  firstMessage: '',
});

const phoneOf = (typed: string): string | null => (typed.trim() === '' ? null : typed);

/** What goes over the wire: an empty number is none. */
export const inviteBodyOf = (values: InviteValues): InviteInput => ({
  email: values.email,
  mobile: phoneOf(values.mobile),
  landline: phoneOf(values.landline),
  language: values.language,
  firstMessage: values.firstMessage,
});

const resolve = judgedBy(createInvitationBody);
const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const order = ['email', 'confirmEmail', 'mobile', 'landline', 'language', 'firstMessage'] as const;
const fiveDigits = /(?:\d\D*){5}/;

/** Everything that is wrong with the form, judged by the contract's schema and by the second address, top to bottom. */
export function checkInvite(values: InviteValues, t: ClinicianWords): FormErrors {
  const errors: FormErrors = { ...resolve(inviteBodyOf(values)) };
  for (const name of ['mobile', 'landline'] as const) {
    const typed = phoneOf(values[name]);
    if (typed !== null && !(phoneText.safeParse(typed).success && fiveDigits.test(typed))) {
      errors[name] = t('invitations.form.phone');
    }
  }
  if (values.confirmEmail.trim() === '') errors['confirmEmail'] = t('invitations.form.confirmMissing');
  else if (!same(values.email, values.confirmEmail)) errors['confirmEmail'] = t('invitations.form.mismatch');
  return Object.fromEntries(order.flatMap((name) => (errors[name] ? [[name, errors[name]]] : [])));
}
