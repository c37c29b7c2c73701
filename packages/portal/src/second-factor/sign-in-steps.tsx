import type { Result } from '@casetalk/client';
import type { Session, SignInProgress } from '@casetalk/contract';
import { Button } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { api } from '../api/client.ts';
import { useWords } from '../language/use-words.ts';
import { useSession } from '../session/session-context.ts';
import { type FactorWays, watchedWays } from './factor-ways.ts';
import { FactorStep } from './factor-step.tsx';
import classes from './factor-step.module.css';

const ways: FactorWays<Session> = {
  authenticator: (code) => api.submitSignInAuthenticatorCode({ body: { code } }),
  recoveryCode: (code) => api.submitSignInRecoveryCode({ body: { code } }),
  passkey: {
    ask: () => api.askForSignInPasskey(),
    submit: (credential) => api.submitSignInPasskey({ body: { credential } }),
  },
  phone: {
    send: (methodId) => api.sendSignInCode({ body: { methodId } }),
    submit: (code) => api.submitSignInCode({ body: { code } }),
    look: () => api.getSignIn(),
  },
};

/** Looks at every answer of a sign-in's steps: one that came too late leads back to the password. */
export function useInSignIn(): <T>(call: Promise<Result<T>>) => Promise<Result<T>> {
  const { leaveSignIn } = useSession();
  return useMemo(
    () => async (call) => {
      const result = await call;
      if (!result.ok && result.problem.code === 'unauthenticated') await leaveSignIn('slow');
      return result;
    },
    [leaveSignIn],
  );
}

/** "Start again with another account": out of a sign-in that waits for its second factor. */
export function LeaveSignIn() {
  const words = useWords();
  const { leaveSignIn } = useSession();
  return (
    <div className={classes.leave}>
      <Button variant="subtle" px="xs" onClick={() => void leaveSignIn('chosen')}>
        {words('factor.back')}
      </Button>
    </div>
  );
}

export interface SignInStepsProps {
  readonly progress: SignInProgress;
  /** What a person without a second factor sets up now; only where the portal asks for one. */
  readonly enrolment?: ReactNode;
}

/** After the right password: the second factor, or setting one up. */
export function SignInSteps({ progress, enrolment }: SignInStepsProps) {
  const words = useWords();
  const { enter } = useSession();
  const inSignIn = useInSignIn();
  const watched = useMemo(() => watchedWays(ways, inSignIn), [inSignIn]);
  if (progress.step === 'enrolment') return enrolment;
  return (
    <FactorStep
      methods={progress.methods}
      delivery={progress.delivery}
      verification={progress.verification}
      ways={watched}
      onDone={enter}
      phoneLead={words('factor.phone.lead')}
      footer={<LeaveSignIn />}
    />
  );
}
