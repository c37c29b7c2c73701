import { NativeSelect } from '@mantine/core';
import type { NativeSelectProps } from '@mantine/core';
import type { FieldProps } from './field-props.ts';
import classes from './fields.module.css';

export interface SelectFieldProps
  extends Omit<NativeSelectProps, 'id' | 'label' | 'description' | 'size'>,
    FieldProps {
  readonly width?: 'full' | 'short' | undefined;
}

/** One of a few: the platform's own list, which every phone and screen reader knows. */
export const SelectField = ({ hint, width = 'full', ...input }: SelectFieldProps) => (
  <NativeSelect className={width === 'short' ? classes.short : classes.field} description={hint} {...input} />
);
