import { VisuallyHidden } from '@mantine/core';
import classes from './skeleton-list.module.css';
import { useDelayed } from './use-delayed.ts';

export interface SkeletonListProps {
  /** "Loading your messages". */
  readonly label: string;
  readonly rows?: number;
  /** Round mark at the start of each row, where an avatar or a picture will be. */
  readonly withMark?: boolean;
}

/** The shape of a list on its way. It takes its room at once and shows itself after 150 ms. */
export const SkeletonList = ({ label, rows = 3, withMark = false }: SkeletonListProps) => {
  const shown = useDelayed(true);
  return (
    <div className={classes.root} aria-busy="true" data-shown={shown || undefined}>
      <VisuallyHidden>{shown ? label : ''}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
        <div key={row} className={classes.row} aria-hidden="true">
          {withMark && <span className={classes.mark} />}
          <span className={classes.lines}>
            <span className={classes.long} />
            <span className={classes.brief} />
          </span>
        </div>
      ))}
    </div>
  );
};
