import { PhoneField, SelectField, TextField } from '@casetalk/ui';
import type { UseFormReturnType } from '@mantine/form';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import type { InviteValues } from './invite-values.ts';
import classes from './invite-form.module.css';

/** The id of a field's control, for the error summary and for labels. */
export const inviteFieldId = (field: string): string => `invite-${field}`;

interface InviteFieldsProps {
  readonly form: UseFormReturnType<InviteValues>;
}

/** Where the invitation and the code go: the same fields whether one invites or corrects. */
export function InviteFields({ form }: InviteFieldsProps) {
  const t = useClinicianWords();
  const field = (name: keyof InviteValues) => ({
    id: inviteFieldId(name),
    ...form.getInputProps(name),
  });
  return (
    <>
      <TextField
        label={t('invitations.form.email')}
        type="email"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        data-autofocus
        {...field('email')}
      />
      <TextField
        label={t('invitations.form.confirmEmail')}
        type="email"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...field('confirmEmail')}
      />
      <fieldset className={classes.phones} aria-describedby="invite-phones-hint">
        <legend>{t('invitations.form.phones')}</legend>
        <p id="invite-phones-hint" className={classes.hint}>
          {t('invitations.form.phonesHint')}
        </p>
        <div className={classes.pair}>
          <PhoneField
            label={t('invitations.form.mobile')}
            hint={t('invitations.form.mobileHint')}
            {...field('mobile')}
            autoComplete="off"
          />
          <PhoneField
            label={t('invitations.form.landline')}
            hint={t('invitations.form.landlineHint')}
            {...field('landline')}
            autoComplete="off"
          />
        </div>
      </fieldset>
      <SelectField
        label={t('invitations.form.language')}
        hint={t('invitations.form.languageHint')}
        width="short"
        data={[
          { value: 'en', label: t('invitations.form.languageOf.en') },
          { value: 'es', label: t('invitations.form.languageOf.es') },
        ]}
        {...field('language')}
      />
    </>
  );
}
