import { Textarea } from '@mantine/core';
import type { TextareaProps } from '@mantine/core';
import type { FieldProps } from './field-props.ts';
import classes from './fields.module.css';

export interface TextAreaFieldProps
  extends Omit<TextareaProps, 'id' | 'label' | 'description' | 'size'>,
    FieldProps {}

/** Several lines of text; grows with what is written. */
export const TextAreaField = ({ hint, minRows = 3, maxRows = 8, ...input }: TextAreaFieldProps) => (
  <Textarea
    className={classes.wide}
    description={hint}
    autosize
    minRows={minRows}
    maxRows={maxRows}
    {...input}
  />
);
