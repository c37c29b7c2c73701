import {
  ChangePassword,
  LookSettings,
  NoticeSettings,
  Passkeys,
  Reauthentication,
  SignedInPlaces,
  useClinicianMe,
} from '@casetalk/portal';
import { PageTitle } from '@casetalk/ui';
import { PracticePanel } from '../features/practice/practice-panel.tsx';
import { AuthenticatorPanel } from '../features/second-factor/authenticator-panel.tsx';
import { ColleaguesPanel } from '../features/second-factor/colleagues-panel.tsx';
import { RecoveryPanel } from '../features/second-factor/recovery-panel.tsx';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';
import classes from './account.module.css';

/** Second factors, password, sessions and appearance; for an administrator, colleagues who are locked out and the practice's choices. */
export function Account() {
  const t = useClinicianWords();
  const me = useClinicianMe();
  return (
    <Reauthentication>
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
        <div className={classes.group}>
          <h2>{t('security.title')}</h2>
          <p className={classes.groupLead}>{t('security.lead')}</p>
        </div>
        <Passkeys />
        <AuthenticatorPanel />
        <RecoveryPanel />
        <ChangePassword />
        <SignedInPlaces />
        {me.role === 'administrator' && (
          <>
            <ColleaguesPanel />
            <PracticePanel />
          </>
        )}
        <NoticeSettings />
        <LookSettings />
      </div>
    </Reauthentication>
  );
}
