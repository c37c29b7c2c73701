import { LoadingPage, takeLinkToken, TryAgain } from '@casetalk/portal';
import { useState } from 'react';
import { useShowPractice } from '../../app/shown-practice.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { ReportedPage } from './reported-page.tsx';
import { UnusableLink } from './unusable-link.tsx';
import { useInvitationLink } from './use-invitation-link.ts';
import { UsableLink } from './usable-link.tsx';

/** What the link of an invitation email opens. Opening changes nothing; only Continue does. */
export function InvitationScreen() {
  const patient = usePatientWords();
  const [token] = useState(takeLinkToken);
  const { link, error, retry } = useInvitationLink(token);
  const [reported, setReported] = useState(false);
  useShowPractice(link?.practice);

  if (error) return <TryAgain title={patient('link.failed')} error={error} onRetry={retry} />;
  if (!link) return <LoadingPage />;
  if (reported) return <ReportedPage />;
  return link.status === 'usable' && token !== null ? (
    <UsableLink token={token} link={link} onReported={() => setReported(true)} onUnusable={retry} />
  ) : (
    <UnusableLink token={token} link={link} onReported={() => setReported(true)} />
  );
}
