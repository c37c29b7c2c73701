import { api, DeliveryMethodStep, VerificationCodeStep } from '@casetalk/portal';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { PhoneForm } from '../../forms/phone-form.tsx';
import { inStep, StepCount, type StepProps } from './step.tsx';

/** Steps 1 and 2: the number if the clinic gave none, how the code is sent, and the code. */
export function CodeSteps({ registration, put, look }: StepProps) {
  const patient = usePatientWords();
  const [changing, setChanging] = useState<'method' | 'phone' | null>(null);
  const { methods, practice, phoneNeeded, phoneMayChange } = registration;
  // A code that is used up or too old is none to the API. What was said about it stays until the person goes on.
  const [latest, setLatest] = useState(registration.verification);
  if (registration.verification && registration.verification !== latest) {
    setLatest(registration.verification);
  }
  const verification = registration.verification ?? latest;
  const send = (methodId: string) => inStep(api.sendRegistrationCode({ body: { methodId } }), look);

  if (phoneNeeded || changing === 'phone') {
    return (
      <PhoneForm
        before={<StepCount step={1} />}
        words={{
          title: patient('phone.title'),
          lead: patient('phone.lead'),
          hint: patient('phone.hint'),
        }}
        save={(body) => inStep(api.enterRegistrationPhone({ body }), look)}
        onSaved={(next) => {
          setChanging('method');
          setLatest(next.verification);
          put(next);
        }}
      />
    );
  }
  if (!verification || changing === 'method') {
    return (
      <DeliveryMethodStep
        methods={methods}
        chosenId={verification?.method.id}
        send={send}
        onSent={(sent) => {
          setChanging(null);
          put({ ...registration, step: 'code', verification: sent });
        }}
        before={<StepCount step={1} />}
        after={
          phoneMayChange && (
            <div>
              <Button variant="default" onClick={() => setChanging('phone')}>
                {patient('phone.other')}
              </Button>
            </div>
          )
        }
      />
    );
  }
  return (
    <VerificationCodeStep
      verification={verification}
      practice={practice}
      submit={(code) => inStep(api.submitRegistrationCode({ body: { code } }), look)}
      methods={methods}
      send={send}
      onVerification={(sent) => put({ ...registration, verification: sent })}
      onDone={put}
      onChangeMethod={() => setChanging('method')}
      askForHelp={() => api.askForRegistrationHelp()}
      before={<StepCount step={2} />}
    />
  );
}
