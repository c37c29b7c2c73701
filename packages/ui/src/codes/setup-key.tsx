import { CopyButton } from '../buttons/copy-button.tsx';
import type { CopyButtonProps } from '../buttons/copy-button.tsx';
import classes from './codes.module.css';

export interface SetupKeyProps {
  /** Base32, as the API gives it; shown in groups of four. */
  readonly value: string;
  /** "Setup key". */
  readonly label: string;
  readonly copy: Omit<CopyButtonProps, 'value'>;
}

/** A key that is typed or pasted into another app, for those who cannot scan. */
export const SetupKey = ({ value, label, copy }: SetupKeyProps) => (
  <div className={classes.key}>
    <span className={classes.label}>{label}</span>
    <div className={classes.keyRow}>
      <code className={classes.value}>{value.match(/.{1,4}/g)?.join(' ') ?? value}</code>
      <CopyButton value={value} {...copy} />
    </div>
  </div>
);
