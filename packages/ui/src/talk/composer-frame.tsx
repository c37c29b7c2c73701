import { Textarea } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useAnnouncer } from '../announcer/announcer.tsx';
import { SubmitButton } from '../buttons/submit-button.tsx';
import { Icon } from '../icon/icon.tsx';
import classes from './composer-frame.module.css';

export interface ComposerFrameProps {
  readonly id: string;
  /** "Message to Ana Ruiz". */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSend: () => void;
  readonly sendLabel: string;
  readonly busy: boolean;
  /** "Sending..", or "Sending when 2 files finish". */
  readonly busyLabel: string;
  /** The longest message, in characters; more can be typed, but the counter says so. */
  readonly maxLength: number;
  /** "120 characters left", "3 characters too many"; the number is negative when there are too many. */
  readonly counter: (left: number) => string;
  /** "Ctrl and Enter sends": shown where there is a keyboard. */
  readonly keyHint?: string;
  /** An `AudienceTag` or banner: who will read this. */
  readonly audience?: ReactNode;
  /** The files that go with it. */
  readonly files?: ReactNode;
  /** "Add files" and the like, beside Send. */
  readonly tools?: ReactNode;
  /** Under everything: reply times, "not for emergencies", "Draft saved". */
  readonly note?: ReactNode;
  readonly error?: ReactNode;
}

/** From here on the counter is shown. */
const countFrom = 0.8;
const quietMs = 1000;

/** Where one writes. Enter makes a new line; Ctrl or Cmd with Enter sends, and the button always does. */
export const ComposerFrame = ({
  id,
  label,
  value,
  onChange,
  onSend,
  sendLabel,
  busy,
  busyLabel,
  maxLength,
  counter,
  keyHint,
  audience,
  files,
  tools,
  note,
  error,
}: ComposerFrameProps) => {
  const announce = useAnnouncer();
  const form = useRef<HTMLFormElement>(null);
  const counted = value.length >= maxLength * countFrom ? counter(maxLength - value.length) : '';

  useEffect(() => {
    if (counted === '') return undefined;
    const timer = setTimeout(() => announce(counted), quietMs);
    return () => clearTimeout(timer);
  }, [announce, counted]);

  useEffect(() => {
    const view = window.visualViewport ?? window;
    // A keyboard has come up over the page: the words and Send stay in sight together.
    const show = () => {
      if (form.current?.contains(document.activeElement)) form.current.scrollIntoView({ block: 'nearest' });
    };
    view.addEventListener('resize', show);
    return () => view.removeEventListener('resize', show);
  }, []);

  return (
    <form
      ref={form}
      className={classes.root}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSend();
      }}
    >
      <div className={classes.head}>
        <label className={classes.label} htmlFor={id}>
          {label}
        </label>
        {audience}
      </div>
      <Textarea
        id={id}
        error={error}
        value={value}
        autosize
        minRows={2}
        maxRows={8}
        dir="auto"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing)
            return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      {files !== undefined && <div className={classes.files}>{files}</div>}
      <div className={classes.bar}>
        <div className={classes.tools}>{tools}</div>
        <div className={classes.send}>
          {counted !== '' && (
            <span className={classes.counter} data-over={value.length > maxLength || undefined}>
              {counted}
            </span>
          )}
          {keyHint !== undefined && <span className={classes.hint}>{keyHint}</span>}
          <SubmitButton busy={busy} busyLabel={busyLabel} leftSection={<Icon of={IconSend2} />}>
            {sendLabel}
          </SubmitButton>
        </div>
      </div>
      {note !== undefined && <div className={classes.note}>{note}</div>}
    </form>
  );
};
