import type { EnrolledSession } from '@casetalk/contract';
import {
  api,
  deviceName,
  LeaveSignIn,
  makePasskey,
  passkeysPossible,
  problemWords,
  useInSignIn,
  useSession,
  useWords,
} from '@casetalk/portal';
import { ErrorSummary, Icon, PageTitle, SubmitButton } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconFingerprint, IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { EnrolAuthenticator } from './enrol-authenticator.tsx';
import { KeepCodes } from './keep-codes.tsx';
import classes from './second-factor.module.css';

/** The first sign-in: a passkey or an authenticator app, then the recovery codes, then in. */
export function Enrolment() {
  const t = useClinicianWords();
  const { enter } = useSession();
  const [choosing, setChoosing] = useState(passkeysPossible);
  const [enrolled, setEnrolled] = useState<EnrolledSession | null>(null);

  if (enrolled) {
    const { session, recoveryCodes } = enrolled;
    return (
      <div className={classes.screen}>
        <PageTitle title={t('codes.title')} service={t('shell.service')} lead={t('codes.lead')} />
        <KeepCodes
          codes={recoveryCodes}
          email={session.me.email}
          submitLabel={t('codes.enter')}
          onKept={() => enter(session)}
        />
      </div>
    );
  }
  return choosing ? (
    <Choice onApp={() => setChoosing(false)} onEnrolled={setEnrolled} />
  ) : (
    <EnrolAuthenticator
      onEnrolled={setEnrolled}
      onBack={passkeysPossible() ? () => setChoosing(true) : undefined}
    />
  );
}

interface ChoiceProps {
  readonly onApp: () => void;
  readonly onEnrolled: (enrolled: EnrolledSession) => void;
}

/** A passkey first, because it is the quickest and cannot be passed on by mistake. */
function Choice({ onApp, onEnrolled }: ChoiceProps) {
  const t = useClinicianWords();
  const words = useWords();
  const inSignIn = useInSignIn();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [attempt, setAttempt] = useState(0);

  /** Answers what went wrong, nothing when it went well. */
  const enrol = async (): Promise<string> => {
    const begun = await inSignIn(api.startSignInPasskey());
    if (!begun.ok) return problemWords(words, begun.problem);
    const made = await makePasskey(begun.data);
    if (!made.ok) return words(`passkeys.add.${made.refusal}`);
    const { credential } = made;
    const kept = await inSignIn(api.enrolSignInPasskey({ body: { name: deviceName(words), credential } }));
    if (!kept.ok) return problemWords(words, kept.problem);
    onEnrolled(kept.data);
    return '';
  };
  const press = async () => {
    setBusy(true);
    setProblem('');
    const wrong = await enrol();
    setBusy(false);
    setProblem(wrong);
    if (wrong !== '') setAttempt((count) => count + 1);
  };

  return (
    <div className={classes.screen}>
      <PageTitle
        title={t('enrol.title')}
        service={t('shell.service')}
        prefix={problem === '' ? undefined : t('shell.errorPrefix')}
        lead={t('enrol.lead')}
      />
      <ErrorSummary
        title={t('shell.problem')}
        items={problem === '' ? [] : [{ message: problem }]}
        attempt={attempt}
      />
      <section className={classes.way}>
        <h2 className={classes.wayTitle}>
          <Icon of={IconFingerprint} />
          {t('enrol.passkey')}
        </h2>
        <p className={classes.wayText}>{t('enrol.passkey.text')}</p>
        <SubmitButton
          type="button"
          busy={busy}
          busyLabel={t('enrol.passkey.busy')}
          onClick={() => void press()}
        >
          {t('enrol.passkey.start')}
        </SubmitButton>
      </section>
      <section className={classes.way}>
        <h2 className={classes.wayTitle}>
          <Icon of={IconShieldLock} />
          {t('enrol.app')}
        </h2>
        <p className={classes.wayText}>{t('enrol.app.text')}</p>
        <Button variant="default" onClick={onApp}>
          {t('enrol.app.start')}
        </Button>
      </section>
      <LeaveSignIn />
    </div>
  );
}
