import classes from './skip-link.module.css';

export interface SkipLinkProps {
  /** "Skip to main content". */
  readonly label: string;
  /** The id of `<main>`, which needs `tabIndex={-1}`. */
  readonly target: string;
}

/** The page's first focusable thing: seen only when it has the focus. */
export const SkipLink = ({ label, target }: SkipLinkProps) => (
  <a
    className={classes.link}
    href={`#${target}`}
    onClick={(event) => {
      // Routers own the address; the focus is all that has to move.
      event.preventDefault();
      document.getElementById(target)?.focus();
    }}
  >
    {label}
  </a>
);
