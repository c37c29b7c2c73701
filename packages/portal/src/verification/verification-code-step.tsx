import type { Result } from '@casetalk/client';
import type { DeliveryMethod, Verification } from '@casetalk/contract';
import { CodeField, ErrorSummary, formatTime, StatusStrip, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { problemWords } from '../language/problem-words.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import { PageStepHeading, type StepHeading } from '../page/step-heading.tsx';
import { refusedCodeError, type PracticeToCall, typedCodeError } from './code-errors.ts';
import { CodeHelp } from './code-help.tsx';
import { CodeNotArrived } from './code-not-arrived.tsx';
import { ResendCountdown, useSecondsUntil } from './resend-countdown.tsx';
import { type LookForCode, useCodeState } from './use-code-state.ts';
import { useWebOtp } from './use-web-otp.ts';
import classes from './verification.module.css';

export interface VerificationCodeStepProps<Done> {
  readonly verification: Verification;
  readonly submit: (code: string) => Promise<Result<Done>>;
  /** The ways in which the code can be sent. */
  readonly methods: readonly DeliveryMethod[];
  /** Sends the code again, by this way. */
  readonly send: (methodId: string) => Promise<Result<Verification>>;
  /** Looks how far the message has come, where whoever shows this step does not do so already. */
  readonly look?: LookForCode | undefined;
  /** A newer state of the same code: it was sent again. */
  readonly onVerification: (verification: Verification) => void;
  readonly onDone: (done: Done) => void;
  /** "Change Delivery Method". */
  readonly onChangeMethod: () => void;
  readonly practice?: PracticeToCall | undefined;
  readonly askForHelp?: (() => Promise<Result<unknown>>) | undefined;
  readonly heading?: StepHeading;
  /** Before the heading: the step count. */
  readonly before?: ReactNode;
}

/** The secret code: one field, "Re-send Code" at any time, "Change Delivery Method", and always a way out. */
export function VerificationCodeStep<Done>({
  verification,
  submit,
  methods,
  send,
  look,
  onVerification,
  onDone,
  onChangeMethod,
  practice,
  askForHelp,
  heading: Heading = PageStepHeading,
  before,
}: VerificationCodeStepProps<Done>) {
  const words = useWords();
  const language = useLanguage();
  const announce = useAnnouncer();
  const id = useId();
  const { method } = verification;
  const state = useCodeState(verification, look);
  const wait = useSecondsUntil(verification.resendAt);
  const [triesLeft, setTriesLeft] = useState(verification.triesLeft);
  const [resending, setResending] = useState(false);
  const [resendProblem, setResendProblem] = useState('');

  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { code: '' },
    fieldId: (field) => `${id}-${field}`,
    validate: { code: (value) => typedCodeError(words, value) },
    send: async ({ code }) => {
      const result = await submit(code);
      if (result.ok) {
        onDone(result.data);
        return undefined;
      }
      const { problem } = result;
      if ('triesLeft' in problem && problem.triesLeft !== undefined) setTriesLeft(problem.triesLeft);
      const expired = Date.parse(verification.expiresAt) < Date.now();
      return { code: refusedCodeError(words, problem, expired, practice) };
    },
  });
  useWebOtp(!busy && method.channel === 'text', (code) => form.setFieldValue('code', code));

  const take = (sent: Verification) => {
    setResendProblem('');
    onVerification(sent);
    setTriesLeft(sent.triesLeft);
    const time = formatTime(sent.sentAt, language);
    announce(words(`code.${sent.repeated ? 'sentAgain' : 'sent'}.${sent.method.channel}`, { time }));
  };

  const sendAgain = async () => {
    if (resending) return;
    if (wait > 0) {
      announce(words('code.wait', { count: wait }));
      return;
    }
    setResending(true);
    const result = await send(method.id);
    setResending(false);
    if (result.ok) take(result.data);
    else setResendProblem(problemWords(words, result.problem));
  };

  return (
    <>
      <Heading
        title={words('code.title')}
        lead={words(`code.lead.${method.channel}`, { hint: method.hint })}
        failed={problems.length > 0}
        before={before}
      />
      {state === 'failed' && (
        <CodeNotArrived
          method={method}
          methods={methods}
          send={send}
          onSent={(sent) => {
            take(sent);
            // The button that had the focus is gone.
            document.getElementById(`${id}-code`)?.focus();
          }}
        />
      )}
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
        <CodeField
          id={`${id}-code`}
          label={words('code.label')}
          hint={words('code.hint')}
          {...form.getInputProps('code')}
        />
        {triesLeft < 5 && triesLeft > 0 && (
          <p className={classes.quiet}>{words('code.triesLeft', { count: triesLeft })}</p>
        )}
        <div>
          <SubmitButton busy={busy} busyLabel={words('page.sending')}>
            {words('page.continue')}
          </SubmitButton>
        </div>
      </form>
      <div className={classes.ways}>
        <p className={classes.quiet}>
          {words(`code.${verification.repeated ? 'sentAgain' : 'sent'}.${method.channel}`, {
            time: formatTime(verification.sentAt, language),
          })}
        </p>
        <div className={classes.buttons}>
          <SubmitButton
            type="button"
            variant="default"
            busy={resending}
            busyLabel={words('code.resend.busy')}
            aria-describedby={`${id}-wait`}
            onClick={() => void sendAgain()}
          >
            {words(method.channel === 'call' ? 'code.callAgain' : 'code.resend')}
          </SubmitButton>
          <Button variant="default" onClick={onChangeMethod}>
            {words('code.change')}
          </Button>
        </div>
        <p id={`${id}-wait`} className={classes.quiet}>
          <ResendCountdown seconds={wait} />
        </p>
        {resendProblem !== '' && <StatusStrip tone="danger" title={resendProblem} />}
        <CodeHelp practice={practice} ask={askForHelp} />
      </div>
    </>
  );
}
