import { IconPhone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import classes from './patient-header.module.css';

export interface PatientHeaderProps {
  /** The practice stands first: it is who the patient knows. */
  readonly practiceName: string;
  /** As it is written: "(415) 555-0100". */
  readonly telephone?: string | undefined;
  /** As it is dialled: "+14155550100". */
  readonly telephoneNumber?: string | undefined;
  /** "Call Harbor Clinic": read before the number. */
  readonly callLabel: string;
  /** The product's mark. */
  readonly brand: ReactNode;
  /** Ways around, or the account; at the end of the line. */
  readonly children?: ReactNode;
}

/** At the top of every patient's page: which practice this is, and how to speak to a person. */
export const PatientHeader = ({
  practiceName,
  telephone,
  telephoneNumber,
  callLabel,
  brand,
  children,
}: PatientHeaderProps) => (
  <header className={classes.root}>
    <div className={classes.inner}>
      <div className={classes.who}>
        <span className={classes.practice}>{practiceName}</span>
        {telephone !== undefined && (
          <a
            className={classes.phone}
            href={`tel:${telephoneNumber ?? telephone}`}
            aria-label={`${callLabel}: ${telephone}`}
          >
            <Icon of={IconPhone} size="sm" />
            {telephone}
          </a>
        )}
      </div>
      <div className={classes.end}>
        {children}
        {brand}
      </div>
    </div>
  </header>
);

export interface PatientLayoutProps {
  /** Above everything: the skip link, the offline bar. */
  readonly before?: ReactNode;
  /** The `PatientHeader`. */
  readonly header: ReactNode;
  readonly mainId: string;
  /** Reading pages keep to one column; the inbox may be wide. */
  readonly wide?: boolean;
  /** Language, appearance, terms. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** The patient's page: header, one column, footer. */
export const PatientLayout = ({
  before,
  header,
  mainId,
  wide = false,
  footer,
  children,
}: PatientLayoutProps) => (
  <div className={classes.layout} data-wide={wide || undefined}>
    {before}
    {header}
    <main id={mainId} className={classes.main} tabIndex={-1}>
      {children}
    </main>
    {footer !== undefined && (
      <footer className={classes.footer}>
        <div className={classes.inner}>{footer}</div>
      </footer>
    )}
  </div>
);
