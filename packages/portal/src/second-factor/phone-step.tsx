import type { DeliveryMethod, Verification } from '@casetalk/contract';
import { useState } from 'react';
import type { StepHeading } from '../page/step-heading.tsx';
import { DeliveryMethodStep } from '../verification/delivery-method-step.tsx';
import { VerificationCodeStep } from '../verification/verification-code-step.tsx';
import type { FactorWays } from './factor-ways.ts';

export interface PhoneStepProps<Done> {
  readonly way: FactorWays<Done>['phone'];
  readonly delivery: readonly DeliveryMethod[];
  /** A code that is on its way already, after a reload. */
  readonly verification: Verification | null;
  /** Why a code is asked for. */
  readonly lead: string;
  readonly onDone: (done: Done) => void;
  readonly heading: StepHeading;
}

/** How the code is sent, then the code: the same two steps as in the registration. */
export function PhoneStep<Done>({
  way,
  delivery,
  verification,
  lead,
  onDone,
  heading,
}: PhoneStepProps<Done>) {
  const [sent, setSent] = useState(verification);
  const [choosing, setChoosing] = useState(false);
  if (!sent || choosing) {
    return (
      <DeliveryMethodStep
        methods={delivery}
        chosenId={sent?.method.id}
        lead={lead}
        heading={heading}
        send={way.send}
        onSent={(next) => {
          setChoosing(false);
          setSent(next);
        }}
      />
    );
  }
  return (
    <VerificationCodeStep
      verification={sent}
      heading={heading}
      submit={way.submit}
      methods={delivery}
      send={way.send}
      look={way.look}
      onVerification={setSent}
      onDone={onDone}
      onChangeMethod={() => setChoosing(true)}
    />
  );
}
