import {
  api,
  DeliveryMethodStep,
  Reauthentication,
  useConfirmed,
  useSession,
  useWords,
  VerificationCodeStep,
} from '@casetalk/portal';
import type { PhoneChange, Verification } from '@casetalk/contract';
import { PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { BackToAccount } from './back-to-account.tsx';
import { PhoneForm } from '../../forms/phone-form.tsx';

/** Another number for the codes: proved by a code before it counts. */
export function PhoneChangeScreen() {
  return (
    <Reauthentication>
      <Steps />
    </Reauthentication>
  );
}

function Steps() {
  const patient = usePatientWords();
  const confirmed = useConfirmed();
  const { look } = useSession();
  const [change, setChange] = useState<PhoneChange | null>(null);
  const [sent, setSent] = useState<Verification | null>(null);
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
