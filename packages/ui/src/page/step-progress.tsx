import classes from './step-progress.module.css';

export interface StepProgressProps {
  /** The step one is at, from 1. */
  readonly current: number;
  readonly total: number;
  /** "Step 2 of 4". */
  readonly label: string;
}

/** How far one has come: the words say it, the bars only show it. */
export const StepProgress = ({ current, total, label }: StepProgressProps) => (
  <div className={classes.root}>
    <p className={classes.label}>{label}</p>
    <div className={classes.bars} aria-hidden="true">
      {Array.from({ length: total }, (_, index) => index + 1).map((step) => (
        <span key={step} className={classes.bar} data-reached={step <= current || undefined} />
      ))}
    </div>
  </div>
);
