import { PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../api/client.ts';
import { useWords } from '../language/use-words.ts';
import { LoadingPage } from '../page/loading-page.tsx';
import { TryAgain } from '../page/try-again.tsx';
import { NewPasswordForm } from '../password/new-password-form.tsx';
import { useSession } from '../session/session-context.ts';
import { DeliveryMethodStep } from '../verification/delivery-method-step.tsx';
import { VerificationCodeStep } from '../verification/verification-code-step.tsx';
import { type PasswordResetFlow, usePasswordReset } from './use-password-reset.ts';

export interface PasswordResetScreenProps {
  readonly signInPath: string;
  readonly forgottenPath: string;
}

/** The emailed link of a forgotten password: how the code is sent, the code, the new password. */
export function PasswordResetScreen({ signInPath, forgottenPath }: PasswordResetScreenProps) {
  const words = useWords();
  const flow = usePasswordReset();
  const { look } = useSession();
  const [saved, setSaved] = useState(false);

  if (saved) {
    return (
      <>
        <PageTitle
          title={words('reset.done.title')}
          service={words('page.service')}
          lead={words('reset.done.text')}
        />
        <div>
          <Button component={Link} to={signInPath}>
            {words('signIn.submit')}
          </Button>
        </div>
      </>
    );
  }
  switch (flow.state) {
    case 'loading':
      return <LoadingPage />;
    case 'failed':
      return <TryAgain title={words('reset.link.title')} error={flow.error} onRetry={flow.retry} />;
    case 'unusable':
      return (
        <>
          <PageTitle
            title={words('reset.link.title')}
            service={words('page.service')}
            lead={words('reset.link.text')}
          />
          <div>
            <Button component={Link} to={forgottenPath}>
              {words('reset.link.again')}
            </Button>
          </div>
        </>
      );
    case 'ready':
      break;
  }
  return (
    <Steps
      flow={flow}
      onSaved={() => {
        setSaved(true);
        // Whoever was signed in here is not any more.
        void look();
      }}
    />
  );
}

function Steps({ flow, onSaved }: { readonly flow: PasswordResetFlow; readonly onSaved: () => void }) {
  const words = useWords();
  const [choosing, setChoosing] = useState(false);
  const { reset, put } = flow;
  if (!reset) return null;
  const { verification, methods } = reset;
  const send = (methodId: string) => api.sendPasswordResetCode({ body: { methodId } });

  if (reset.step === 'password' || reset.step === 'done') {
    return (
      <>
        <PageTitle
          title={words('reset.title')}
          service={words('page.service')}
          lead={words('reset.password.lead')}
        />
        <NewPasswordForm
          submitLabel={words('reset.password.submit')}
          save={(password) => api.setNewPassword({ body: { password } })}
          onSaved={onSaved}
        />
      </>
    );
  }
  if (!verification || choosing || reset.step === 'method') {
    return (
      <DeliveryMethodStep
        methods={methods}
        chosenId={verification?.method.id}
        send={send}
        onSent={(sent) => {
          setChoosing(false);
          put({ ...reset, step: 'code', verification: sent });
        }}
      />
    );
  }
  return (
    <VerificationCodeStep
      verification={verification}
      submit={(code) => api.submitPasswordResetCode({ body: { code } })}
      methods={methods}
      send={send}
      onVerification={(sent) => put({ ...reset, verification: sent })}
      onDone={put}
      onChangeMethod={() => setChoosing(true)}
    />
  );
}
