import { ChangePassword, LookSettings, SignedInPlaces, useClinicianMe } from '@casetalk/portal';
import { PageTitle } from '@casetalk/ui';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';
import classes from './account.module.css';

/** Password, sessions and appearance. */
export function Account() {
  const t = useClinicianWords();
  const me = useClinicianMe();
  return (
    <div className={classes.screen}>
      <PageTitle
        title={t('shell.accountPage.title')}
        service={t('shell.service')}
        lead={t('shell.accountPage.lead', {
          name: me.name,
          jobTitle: me.jobTitle,
          practice: me.practice.name,
        })}
      />
      <ChangePassword />
      <SignedInPlaces />
      <LookSettings />
    </div>
  );
}
