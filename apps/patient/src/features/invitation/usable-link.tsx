import { api, problemWords, queryKeys, useLanguage, useSession, useWords } from '@casetalk/portal';
import type { InvitationLink } from '@casetalk/contract';
import { formatDateTime, PageTitle, StatusStrip, SubmitButton } from '@casetalk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './invitation.module.css';
import { NotMe } from './not-me.tsx';

export interface UsableLinkProps {
  readonly token: string;
  readonly link: InvitationLink;
  readonly onReported: () => void;
  /** The link was used up in the meantime: look at it again. */
  readonly onUnusable: () => void;
}

const steps = ['link.step1', 'link.step2', 'link.step3', 'link.step4'] as const;

/** Who invites, what follows, and Continue. */
export function UsableLink({ token, link, onReported, onUnusable }: UsableLinkProps) {
  const words = useWords();
  const patient = usePatientWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { signOut } = useSession();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [otherPerson, setOtherPerson] = useState(false);
  const practice = link.practice?.name ?? words('page.service');

  const start = async () => {
    setBusy(true);
    setProblem('');
    const result = await api.startRegistration({ body: { token } });
    setBusy(false);
    if (!result.ok) {
      if (result.problem.code === 'link-unusable') onUnusable();
      else if (result.problem.code === 'someone-else-signed-in') setOtherPerson(true);
      else setProblem(problemWords(words, result.problem));
      return;
    }
    const { next, registration } = result.data;
    if (next === 'signIn' || !registration) {
      await navigate(paths.signIn, { state: { why: 'invited' } });
      return;
    }
    client.setQueryData(queryKeys.registration, registration);
    await navigate(paths.registration);
  };

  const leaveAndStart = async () => {
    setBusy(true);
    const left = await signOut();
    if (left.ok) {
      setOtherPerson(false);
      await start();
    } else {
      setBusy(false);
      setProblem(problemWords(words, left.problem));
    }
  };

  return (
    <>
      <PageTitle
        title={patient('link.title', { practice })}
        service={words('page.service')}
        lead={patient('link.lead')}
      />
      {problem !== '' && (
        <div role="alert">
          <StatusStrip tone="danger" title={problem} />
        </div>
      )}
      <section className={classes.next} aria-labelledby="next">
        <h2 id="next">{patient('link.steps')}</h2>
        <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step}>{patient(step)}</li>
          ))}
        </ol>
      </section>
      {otherPerson ? (
        <div role="alert">
          <StatusStrip
            tone="warning"
            title={patient('link.other.title')}
            detail={patient('link.other.text')}
            actions={
              <SubmitButton
                type="button"
                busy={busy}
                busyLabel={words('page.signingOut')}
                onClick={() => void leaveAndStart()}
              >
                {patient('link.other.signOut')}
              </SubmitButton>
            }
          />
        </div>
      ) : (
        <div className={classes.go}>
          <SubmitButton
            type="button"
            busy={busy}
            busyLabel={patient('link.continuing')}
            onClick={() => void start()}
          >
            {patient('link.continue')}
          </SubmitButton>
        </div>
      )}
      <div className={classes.quiet}>
        {link.expiresAt !== null && (
          <p>{patient('link.works', { time: formatDateTime(link.expiresAt, language) })}</p>
        )}
        <NotMe token={token} onReported={onReported} />
      </div>
    </>
  );
}
