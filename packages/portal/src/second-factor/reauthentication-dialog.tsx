import type { Freshness } from '@casetalk/contract';
import { Dialog, SkeletonList } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useWords } from '../language/use-words.ts';
import { DialogStepHeading } from '../page/step-heading.tsx';
import { TryAgain } from '../page/try-again.tsx';
import { secondFactorsQuery } from '../queries/session-queries.ts';
import { FactorStep } from './factor-step.tsx';
import type { FactorWays } from './factor-ways.ts';
import { PasswordStep } from './password-step.tsx';

/** What the API may want to be confirmed again. */
export type Need = 'password' | 'factor';

const ways: FactorWays<Freshness> = {
  authenticator: (code) => api.reauthenticate({ body: { factor: { method: 'authenticator', code } } }),
  recoveryCode: (code) => api.reauthenticate({ body: { factor: { method: 'recoveryCode', code } } }),
  passkey: {
    ask: () => api.askForReauthenticationPasskey(),
    submit: (credential) => api.reauthenticate({ body: { factor: { method: 'passkey', credential } } }),
  },
  phone: {
    send: (methodId) => api.sendReauthenticationCode({ body: { methodId } }),
    submit: (code) => api.reauthenticate({ body: { factor: { method: 'phone', code } } }),
    look: () => api.listSecondFactors(),
  },
};

export interface ReauthenticationDialogProps {
  /** What is to be confirmed; null while nothing is. */
  readonly needs: readonly Need[] | null;
  readonly onConfirmed: () => void;
  readonly onCancel: () => void;
}

/** "Is it still you?": the password, then the second factor, as far as each is needed. */
export function ReauthenticationDialog({ needs, onConfirmed, onCancel }: ReauthenticationDialogProps) {
  const words = useWords();
  return (
    <Dialog
      opened={needs !== null}
      onClose={onCancel}
      title={words('reauth.title')}
      closeLabel={words('page.close')}
    >
      {needs && <Steps needs={needs} onConfirmed={onConfirmed} />}
    </Dialog>
  );
}

function Steps({
  needs,
  onConfirmed,
}: {
  readonly needs: readonly Need[];
  readonly onConfirmed: () => void;
}) {
  const [passwordGiven, setPasswordGiven] = useState(!needs.includes('password'));
  if (!passwordGiven) {
    return (
      <PasswordStep onDone={() => (needs.includes('factor') ? setPasswordGiven(true) : onConfirmed())} />
    );
  }
  return <Factor onConfirmed={onConfirmed} />;
}

function Factor({ onConfirmed }: { readonly onConfirmed: () => void }) {
  const words = useWords();
  const { data, error, refetch } = useQuery(secondFactorsQuery());
  if (error) return <TryAgain title={words('reauth.failed')} error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonList label={words('page.loading')} rows={2} />;
  return (
    <Stack gap="md">
      <FactorStep
        methods={data.methods}
        delivery={data.delivery}
        ways={ways}
        onDone={onConfirmed}
        phoneLead={words('factor.phone.again')}
        heading={DialogStepHeading}
      />
    </Stack>
  );
}
