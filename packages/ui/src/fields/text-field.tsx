import { TextInput } from '@mantine/core';
import type { TextInputProps } from '@mantine/core';
import type { FieldProps } from './field-props.ts';
import classes from './fields.module.css';

export interface TextFieldProps
  extends Omit<TextInputProps, 'id' | 'label' | 'description' | 'size'>,
    FieldProps {
  /** As wide as what is expected in it: a whole line, or about twenty letters. */
  readonly width?: 'full' | 'short' | undefined;
}

/** One line of text with its label, hint and error tied to it. Takes what `form.getInputProps` gives. */
export const TextField = ({ hint, width = 'full', className, ...input }: TextFieldProps) => (
  <TextInput
    className={`${width === 'short' ? classes.short : classes.field} ${className ?? ''}`}
    description={hint}
    {...input}
  />
);

/** A telephone number: no mask and no reformatting, people write it as they know it. */
export const PhoneField = (props: TextFieldProps) => (
  <TextField type="tel" inputMode="tel" autoComplete="tel" width="short" {...props} />
);

/** A secret code in one input, so that pasting, the keyboard's offer and screen readers work. */
export const CodeField = ({ className, ...props }: TextFieldProps) => (
  <TextField
    type="text"
    inputMode="numeric"
    autoComplete="one-time-code"
    autoCapitalize="off"
    spellCheck={false}
    className={`${classes.code} ${className ?? ''}`}
    {...props}
  />
);
