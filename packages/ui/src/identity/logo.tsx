import classes from './logo.module.css';

export interface LogoProps {
  /** The product's name, beside the mark. */
  readonly name: string;
  /** The mark alone; the name is still read. */
  readonly markOnly?: boolean;
}

/** Two people's speech, one inside the other's keeping: a bubble that is also a closed door. */
const Mark = () => (
  <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path
      className={classes.bubble}
      d="M6 3h20a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H15.5l-6.2 5.1c-.7.5-1.6.1-1.6-.8V24H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4Z"
    />
    <path className={classes.door} d="M11.5 18.5v-4.8a4.5 4.5 0 0 1 9 0v4.8Z" />
    <circle className={classes.knob} cx="16" cy="14.6" r="1.5" />
  </svg>
);

export const Logo = ({ name, markOnly = false }: LogoProps) => (
  <span className={classes.root}>
    <Mark />
    <span className={markOnly ? classes.hidden : classes.name}>{name}</span>
  </span>
);
