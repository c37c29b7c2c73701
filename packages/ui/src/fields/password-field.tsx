import { Button, Input } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { useAnnouncer } from '../announcer/announcer.tsx';
import type { FieldProps } from './field-props.ts';
import classes from './fields.module.css';

/** What the show button says: on it, as its full name, and once it was pressed. */
export interface PasswordFieldWords {
  readonly show: string;
  readonly hide: string;
  /** "Show password". */
  readonly showName: string;
  /** "Hide password". */
  readonly hideName: string;
  /** Announced: "Your password is shown". */
  readonly shown: string;
  /** Announced: "Your password is hidden". */
  readonly hidden: string;
}

export interface PasswordFieldProps
  extends Omit<ComponentProps<'input'>, 'id' | 'size' | 'type' | 'disabled'>,
    FieldProps {
  readonly words: PasswordFieldWords;
  readonly error?: ReactNode;
}

/**
 * A password with a button that shows it. Pasting and password managers are welcome; the text is hidden
 * again when the form is sent, so that the browser saves it as a password.
 */
export const PasswordField = ({
  id,
  label,
  hint,
  error,
  words,
  required = false,
  'aria-describedby': describedBy,
  ...input
}: PasswordFieldProps) => {
  const [shown, setShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const announce = useAnnouncer();

  useEffect(() => {
    const form = field.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener('submit', hide);
    return () => form?.removeEventListener('submit', hide);
  }, []);

  const hasError = Boolean(error);
  const described = [hasError && `${id}-error`, hint !== undefined && `${id}-description`, describedBy]
    .filter((part) => typeof part === 'string')
    .join(' ');

  return (
    <Input.Wrapper id={id} label={label} description={hint} error={error} className={classes.field}>
      <div className={classes.row}>
        <Input
          {...input}
          required={required}
          id={id}
          ref={field}
          className={classes.grow}
          type={shown ? 'text' : 'password'}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          error={hasError}
          attributes={described === '' ? {} : { input: { 'aria-describedby': described } }}
        />
        <Button
          variant="default"
          className={classes.toggle}
          aria-label={shown ? words.hideName : words.showName}
          aria-controls={id}
          onClick={() => {
            setShown(!shown);
            announce(shown ? words.hidden : words.shown);
          }}
        >
          {shown ? words.hide : words.show}
        </Button>
      </div>
    </Input.Wrapper>
  );
};
