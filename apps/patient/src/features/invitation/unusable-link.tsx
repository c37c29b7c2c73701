import { api, looksLikeLinkToken, problemWords, unbroken, useWords } from '@casetalk/portal';
import type { InvitationLink } from '@casetalk/contract';
import { PageTitle, StatusStrip, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './invitation.module.css';
import { NotMe } from './not-me.tsx';

export interface UnusableLinkProps {
  readonly token: string | null;
  readonly link: InvitationLink;
  readonly onReported: () => void;
}

type Status = Exclude<InvitationLink['status'], 'usable'>;

/** Expired, withdrawn, used and unknown links: each says what happened and what helps, and tells nothing else. */
export function UnusableLink({ token, link, onReported }: UnusableLinkProps) {
  const words = useWords();
  const patient = usePatientWords();
  const status: Status = link.status === 'usable' ? 'unknown' : link.status;
  const complete = token !== null && looksLikeLinkToken(token);
  return (
    <>
      <PageTitle
        title={patient(`link.${status}.title`)}
        service={words('page.service')}
        lead={patient(`link.${status}.text`)}
      />
      <div className={classes.ways}>
        {status === 'used' && (
          <Button component={Link} to={paths.signIn}>
            {words('signIn.submit')}
          </Button>
        )}
        {status !== 'used' && complete && <Renew token={token} />}
      </div>
      <div className={classes.quiet}>
        <p>
          {link.practice
            ? patient('link.call', { practice: link.practice.name, phone: unbroken(link.practice.phone) })
            : patient('link.ask')}
        </p>
        {status === 'used' && <Link to={paths.forgottenPassword}>{words('signIn.forgot')}</Link>}
        {status === 'expired' && complete && <NotMe token={token} onReported={onReported} />}
      </div>
    </>
  );
}

/** A new link goes to the invited address alone; the answer is always the same. */
function Renew({ token }: { readonly token: string }) {
  const words = useWords();
  const patient = usePatientWords();
  const announce = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ readonly good: boolean; readonly text: string }>();

  const renew = async () => {
    setBusy(true);
    const result = await api.renewInvitationLink({ body: { token } });
    setBusy(false);
    const text = result.ok ? patient('link.renewed') : problemWords(words, result.problem);
    setOutcome({ good: result.ok, text });
    announce(text);
  };

  if (outcome?.good) return <StatusStrip tone="success" title={outcome.text} />;
  return (
    <>
      {outcome && <StatusStrip tone="danger" title={outcome.text} />}
      <SubmitButton type="button" busy={busy} busyLabel={words('page.sending')} onClick={() => void renew()}>
        {patient('link.renew')}
      </SubmitButton>
    </>
  );
}
