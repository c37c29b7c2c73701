import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './segmented.module.css';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  /** The language of the label, when it is not the page's. */
  readonly lang?: string;
}

export interface SegmentedProps<Value extends string> {
  readonly legend: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of two or three, side by side; radios underneath, so arrows work as people expect. */
export const Segmented = <Value extends string>({
  legend,
  segments,
  value,
  onChange,
}: SegmentedProps<Value>) => {
  const name = useId();
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>{legend}</legend>
      {segments.map((segment) => (
        <label key={segment.value} className={classes.segment} lang={segment.lang}>
          <input
            className={classes.radio}
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
          />
          {segment.icon}
          <span>{segment.label}</span>
        </label>
      ))}
    </fieldset>
  );
};
