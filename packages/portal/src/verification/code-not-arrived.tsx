import type { Result } from '@casetalk/client';
import type { DeliveryMethod, Verification } from '@casetalk/contract';
import { StatusStrip, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { useEffect, useState } from 'react';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';
import classes from './verification.module.css';

export interface CodeNotArrivedProps {
  /** The way by which the code did not arrive. */
  readonly method: DeliveryMethod;
  readonly methods: readonly DeliveryMethod[];
  readonly send: (methodId: string) => Promise<Result<Verification>>;
  readonly onSent: (verification: Verification) => void;
}

/** The latest message is known not to arrive: said at once, with the call to the same phone where a text failed. */
export function CodeNotArrived({ method, methods, send, onSent }: CodeNotArrivedProps) {
  const words = useWords();
  const announce = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const call =
    method.channel === 'text'
      ? methods.find(({ channel, phoneKind }) => channel === 'call' && phoneKind === method.phoneKind)
      : undefined;
  const title = words(method.channel === 'text' ? 'code.state.failed' : 'code.state.failedCall');
  const detail = call
    ? words('code.state.failed.call', { hint: call.hint })
    : words(method.channel === 'text' ? 'code.state.failed.other' : 'code.state.failedCall.other');

  useEffect(() => announce(`${title} ${detail}`), [announce, detail, title]);

  const askForCall = async (to: DeliveryMethod) => {
    if (busy) return;
    setBusy(true);
    const result = await send(to.id);
    setBusy(false);
    setProblem(result.ok ? '' : problemWords(words, result.problem));
    if (result.ok) onSent(result.data);
  };

  return (
    <StatusStrip
      tone="warning"
      title={title}
      detail={
        <>
          <p>{detail}</p>
          {problem !== '' && (
            <p className={classes.refused} role="alert">
              {problem}
            </p>
          )}
        </>
      }
      actions={
        call && (
          <SubmitButton
            type="button"
            busy={busy}
            busyLabel={words('code.callInstead.busy')}
            onClick={() => void askForCall(call)}
          >
            {words('code.callInstead')}
          </SubmitButton>
        )
      }
    />
  );
}
