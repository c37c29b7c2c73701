import {
  answerOf,
  api,
  DeliveryMethodStep,
  LoadingPage,
  type LookForCode,
  queryKeys,
  Reauthentication,
  TryAgain,
  useConfirmed,
  useSession,
  useWords,
  VerificationCodeStep,
} from '@casetalk/portal';
import type { PhoneChange, Verification } from '@casetalk/contract';
import { PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { BackToAccount } from './back-to-account.tsx';
import { PhoneForm } from '../../forms/phone-form.tsx';

/** Another number for the codes: proved by a code before it counts. One that was begun goes on after a reload. */
export function PhoneChangeScreen() {
  const patient = usePatientWords();
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.phoneChange,
    queryFn: ({ signal }) => answerOf(api.getPhoneChange({}, { signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (error) {
    return <TryAgain title={patient('contact.phone.title')} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <LoadingPage />;
  return (
    <Reauthentication>
      <Steps begun={data.change} />
    </Reauthentication>
  );
}

const lookForCode: LookForCode = async () => {
  const result = await api.getPhoneChange();
  return result.ok ? { ...result, data: { verification: result.data.change?.verification ?? null } } : result;
};

function Steps({ begun }: { readonly begun: PhoneChange | null }) {
  const patient = usePatientWords();
  const confirmed = useConfirmed();
  const { look } = useSession();
  const [change, setChange] = useState(begun);
  const [sent, setSent] = useState<Verification | null>(begun?.verification ?? null);
  const [choosing, setChoosing] = useState(false);
  const [done, setDone] = useState(false);
  const send = (methodId: string) => api.sendPhoneChangeCode({ body: { methodId } });

  if (done) return <Done />;
  if (!change) {
    return (
      <PhoneForm
        words={{
          title: patient('contact.phone.title'),
          lead: patient('contact.phone.lead'),
          hint: patient('contact.phone.hint'),
        }}
        save={(body) => confirmed(() => api.startPhoneChange({ body }))}
        onSaved={setChange}
        after={<BackToAccount />}
      />
    );
  }
  if (!sent || choosing) {
    return (
      <DeliveryMethodStep
        methods={change.methods}
        chosenId={sent?.method.id}
        lead={patient('contact.phone.code')}
        send={send}
        onSent={(next) => {
          setChoosing(false);
          setSent(next);
        }}
        after={
          <div>
            <Button
              variant="default"
              onClick={() => {
                setSent(null);
                setChange(null);
              }}
            >
              {patient('phone.other')}
            </Button>
          </div>
        }
      />
    );
  }
  return (
    <VerificationCodeStep
      verification={sent}
      submit={(code) => confirmed(() => api.submitPhoneChangeCode({ body: { code } }))}
      methods={change.methods}
      send={send}
      look={lookForCode}
      onVerification={setSent}
      onDone={() => {
        setDone(true);
        void look();
      }}
      onChangeMethod={() => setChoosing(true)}
    />
  );
}

function Done() {
  const words = useWords();
  const patient = usePatientWords();
  return (
    <>
      <PageTitle
        title={patient('contact.phone.done')}
        service={words('page.service')}
        lead={patient('contact.phone.doneLead')}
      />
      <BackToAccount />
    </>
  );
}
