import type { DeliveryMethod, FactorMethod, Verification } from '@casetalk/contract';
import { Icon } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconDeviceMobileMessage, IconFingerprint, IconKey, IconShieldLock } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useWords } from '../language/use-words.ts';
import { PageStepHeading, type StepHeading } from '../page/step-heading.tsx';
import { AuthenticatorForm } from './authenticator-form.tsx';
import classes from './factor-step.module.css';
import { type FactorWays, possibleMethods } from './factor-ways.ts';
import { PasskeyStep } from './passkey-step.tsx';
import { passkeysPossible } from './passkeys.ts';
import { PhoneStep } from './phone-step.tsx';
import { RecoveryCodeForm } from './recovery-code-form.tsx';

const drawings = {
  passkey: IconFingerprint,
  authenticator: IconShieldLock,
  phone: IconDeviceMobileMessage,
  recoveryCode: IconKey,
} as const satisfies Record<FactorMethod, unknown>;

export interface FactorStepProps<Done> {
  /** What may be given, best first. */
  readonly methods: readonly FactorMethod[];
  readonly delivery: readonly DeliveryMethod[];
  readonly verification?: Verification | null;
  readonly ways: FactorWays<Done>;
  readonly onDone: (done: Done) => void;
  /** Why the phone is asked. */
  readonly phoneLead: string;
  readonly heading?: StepHeading;
  /** Under everything: the way back. */
  readonly footer?: ReactNode;
}

/** One second factor, the best that is there, and the way to every other. */
export function FactorStep<Done>({
  methods,
  delivery,
  verification = null,
  ways,
  onDone,
  phoneLead,
  heading = PageStepHeading,
  footer,
}: FactorStepProps<Done>) {
  const words = useWords();
  const otherId = useId();
  const possible = possibleMethods(methods, passkeysPossible());
  // Whoever waits for a code goes on waiting for it.
  const [chosen, setChosen] = useState<FactorMethod | undefined>(verification === null ? undefined : 'phone');
  const method = chosen ?? possible[0] ?? 'recoveryCode';
  const others = possible.filter((other) => other !== method);

  return (
    <div className={classes.root}>
      <div className={classes.step} key={method}>
        {method === 'authenticator' && (
          <AuthenticatorForm submit={ways.authenticator} onDone={onDone} heading={heading} />
        )}
        {method === 'recoveryCode' && (
          <RecoveryCodeForm submit={ways.recoveryCode} onDone={onDone} heading={heading} />
        )}
        {method === 'passkey' && <PasskeyStep way={ways.passkey} onDone={onDone} heading={heading} />}
        {method === 'phone' && (
          <PhoneStep
            way={ways.phone}
            delivery={delivery}
            verification={verification}
            lead={phoneLead}
            onDone={onDone}
            heading={heading}
          />
        )}
      </div>
      {others.length > 0 && (
        <section className={classes.others} aria-labelledby={otherId}>
          <h2 id={otherId} className={classes.othersTitle}>
            {words('factor.other')}
          </h2>
          <ul className={classes.list}>
            {others.map((other) => (
              <li key={other}>
                <Button
                  variant="subtle"
                  px="xs"
                  leftSection={<Icon of={drawings[other]} />}
                  onClick={() => setChosen(other)}
                >
                  {words(`factor.use.${other}`)}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {footer}
    </div>
  );
}
