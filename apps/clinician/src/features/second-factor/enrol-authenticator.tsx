import type { EnrolledSession } from '@casetalk/contract';
import { answerOf, api, LeaveSignIn, queryKeys, TryAgain, useInSignIn } from '@casetalk/portal';
import { PageTitle, SkeletonList } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { AuthenticatorSetup } from './authenticator-setup.tsx';
import classes from './second-factor.module.css';

export interface EnrolAuthenticatorProps {
  readonly onEnrolled: (enrolled: EnrolledSession) => void;
  /** Back to the choice, where there is one. */
  readonly onBack: (() => void) | undefined;
}

/** Sets up an authenticator app at the first sign-in. */
export function EnrolAuthenticator({ onEnrolled, onBack }: EnrolAuthenticatorProps) {
  const t = useClinicianWords();
  const inSignIn = useInSignIn();
  const { data, error, refetch } = useQuery({
    queryKey: [...queryKeys.signIn, 'authenticator'],
    queryFn: () => answerOf(inSignIn(api.startSignInAuthenticator())),
    // The key is for this sign-in alone.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

  return (
    <div className={classes.screen}>
      <PageTitle title={t('enrol.app.title')} service={t('shell.service')} lead={t('enrol.app.lead')} />
      {error && <TryAgain title={t('enrol.app.failed')} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonList label={t('enrol.app.loading')} rows={3} />}
      {data && (
        <AuthenticatorSetup
          setup={data}
          confirm={(code) => inSignIn(api.confirmSignInAuthenticator({ body: { code } }))}
          onDone={onEnrolled}
        />
      )}
      {onBack ? (
        <div>
          <Button variant="default" onClick={onBack}>
            {t('enrol.back')}
          </Button>
        </div>
      ) : (
        <LeaveSignIn />
      )}
    </div>
  );
}
