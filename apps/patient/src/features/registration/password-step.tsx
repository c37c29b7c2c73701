import { api, NewPasswordForm, queryKeys, useWords } from '@casetalk/portal';
import { PageTitle } from '@casetalk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import type { SignInHandover } from '../../app/sign-in-handover.ts';
import { inStep, StepCount, type StepProps } from './step.tsx';

/** Step 4: the password. With it the account is there; nobody is signed in by it. */
export function PasswordStep({ look }: StepProps) {
  const words = useWords();
  const patient = usePatientWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const email = useRef<string>(undefined);

  return (
    <>
      <PageTitle
        title={patient('registration.password.title')}
        service={words('page.service')}
        lead={patient('registration.password.lead')}
        before={<StepCount step={4} />}
      />
      <NewPasswordForm
        submitLabel={words('page.continue')}
        save={async (password) => {
          const result = await inStep(api.setRegistrationPassword({ body: { password } }), look);
          if (result.ok) email.current = result.data.email;
          return result;
        }}
        onSaved={() => {
          const state: SignInHandover = email.current === undefined ? {} : { email: email.current };
          void navigate(paths.registered, { replace: true, state });
          client.removeQueries({ queryKey: queryKeys.registration });
        }}
      />
    </>
  );
}
