import { Checkbox } from '@mantine/core';
import type { CheckboxProps } from '@mantine/core';
import type { FieldProps } from './field-props.ts';
import classes from './fields.module.css';

export interface CheckboxFieldProps
  extends Omit<CheckboxProps, 'id' | 'label' | 'description' | 'size'>,
    FieldProps {}

/** One thing that is so or is not; never ticked beforehand. */
export const CheckboxField = ({ hint, ...input }: CheckboxFieldProps) => (
  <Checkbox
    className={classes.choice}
    description={hint}
    aria-invalid={Boolean(input.error) || undefined}
    {...input}
  />
);
