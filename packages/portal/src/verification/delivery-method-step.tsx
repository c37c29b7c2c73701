import type { Result } from '@casetalk/client';
import type { DeliveryMethod, Verification } from '@casetalk/contract';
import { ErrorSummary, Icon, RadioCards, SubmitButton } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { IconDeviceMobileMessage, IconPhoneCall } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { problemWords } from '../language/problem-words.ts';
import { type SharedWords, useWords } from '../language/use-words.ts';
import { PageStepHeading, type StepHeading } from '../page/step-heading.tsx';

export interface DeliveryMethodStepProps {
  readonly methods: readonly DeliveryMethod[];
  /** Chosen before, when the person came back to change it. */
  readonly chosenId?: string | undefined;
  readonly send: (methodId: string) => Promise<Result<Verification>>;
  readonly onSent: (verification: Verification) => void;
  /** Why a code is asked for; what the registration says by default. */
  readonly lead?: string;
  readonly heading?: StepHeading;
  /** Before the heading: the step count. */
  readonly before?: ReactNode;
  /** Under the button. */
  readonly after?: ReactNode;
}

/** How the secret code is sent: one card for each number and way. A text message is offered for mobiles alone. */
export function DeliveryMethodStep({
  methods,
  chosenId,
  send,
  onSent,
  lead,
  heading: Heading = PageStepHeading,
  before,
  after,
}: DeliveryMethodStepProps) {
  const words = useWords();
  const id = useId();
  const first =
    methods.find((method) => method.channel === 'text') ?? (methods.length === 1 ? methods[0] : undefined);

  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { methodId: chosenId ?? first?.id ?? '' },
    fieldId: () => id,
    validate: { methodId: (value) => (value === '' ? words('method.error') : null) },
    send: async ({ methodId }) => {
      const result = await send(methodId);
      if (result.ok) {
        onSent(result.data);
        return undefined;
      }
      if (result.problem.code !== 'phone-refused') return { form: problemWords(words, result.problem) };
      const text = methods.find((method) => method.id === methodId)?.channel === 'text';
      return { methodId: words(text ? 'method.error.text' : 'method.error.phone') };
    },
  });
  const inputs = form.getInputProps('methodId') as { value: string; onChange: (value: string) => void };

  return (
    <>
      <Heading
        title={words('method.title')}
        lead={lead ?? words('method.lead')}
        failed={problems.length > 0}
        before={before}
      />
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="lg">
          <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
          <RadioCards
            id={id}
            name="method"
            legend={words('method.legend')}
            legendHidden
            error={form.errors['methodId']}
            value={inputs.value}
            onChange={inputs.onChange}
            options={methods.map((method) => ({
              value: method.id,
              label: labelOf(words, method),
              hint: hintOf(words, method),
              icon: (
                <Icon of={method.channel === 'text' ? IconDeviceMobileMessage : IconPhoneCall} size="lg" />
              ),
            }))}
          />
          <div>
            <SubmitButton busy={busy} busyLabel={words('page.sending')}>
              {words('page.continue')}
            </SubmitButton>
          </div>
          {after}
        </Stack>
      </form>
    </>
  );
}

function labelOf(words: SharedWords, { channel, phoneKind, hint }: DeliveryMethod): string {
  if (channel === 'text') return words('method.text', { hint });
  return words(phoneKind === 'landline' ? 'method.callLandline' : 'method.call', { hint });
}

function hintOf(words: SharedWords, { channel, phoneKind, hint }: DeliveryMethod): string {
  if (channel === 'text') return words('method.text.hint', { hint });
  return words(phoneKind === 'landline' ? 'method.landline.hint' : 'method.call.hint', { hint });
}
