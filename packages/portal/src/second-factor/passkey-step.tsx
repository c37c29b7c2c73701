import { ErrorSummary, Icon, SubmitButton } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';
import type { StepHeading } from '../page/step-heading.tsx';
import type { FactorWays } from './factor-ways.ts';
import { signWithPasskey } from './passkeys.ts';

export interface PasskeyStepProps<Done> {
  readonly way: FactorWays<Done>['passkey'];
  readonly onDone: (done: Done) => void;
  readonly heading: StepHeading;
}

/** One button; the browser and the device do the rest. */
export function PasskeyStep<Done>({ way, onDone, heading: Heading }: PasskeyStepProps<Done>) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [attempt, setAttempt] = useState(0);
  const onItsWay = useRef(false);

  /** Answers what went wrong, nothing when it went well. */
  const prove = async (): Promise<string> => {
    const asked = await way.ask();
    if (!asked.ok) return problemWords(words, asked.problem);
    const signed = await signWithPasskey(asked.data);
    if (!signed.ok) return words(`factor.passkey.${signed.refusal === 'cancelled' ? 'cancelled' : 'failed'}`);
    const result = await way.submit(signed.credential);
    if (!result.ok) return problemWords(words, result.problem);
    onDone(result.data);
    return '';
  };
  const press = async () => {
    if (onItsWay.current) return;
    onItsWay.current = true;
    setBusy(true);
    setProblem('');
    const wrong = await prove();
    onItsWay.current = false;
    setBusy(false);
    setProblem(wrong);
    if (wrong !== '') setAttempt((count) => count + 1);
  };

  return (
    <>
      <Heading
        title={words('factor.passkey.title')}
        lead={words('factor.passkey.lead')}
        failed={problem !== ''}
      />
      <Stack gap="md">
        <ErrorSummary
          title={words('page.problem')}
          items={problem === '' ? [] : [{ message: problem }]}
          attempt={attempt}
        />
        <div>
          <SubmitButton
            type="button"
            busy={busy}
            busyLabel={words('factor.passkey.busy')}
            leftSection={<Icon of={IconFingerprint} />}
            onClick={() => void press()}
          >
            {words('factor.passkey.start')}
          </SubmitButton>
        </div>
      </Stack>
    </>
  );
}
