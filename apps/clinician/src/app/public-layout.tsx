import { Logo, SkipLink } from '@casetalk/ui';
import type { ReactNode } from 'react';
import { Link, Outlet } from 'react-router';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';
import classes from './public-layout.module.css';

const mainId = 'main';

/** The page of people who are not signed in: the mark, and one thing to do. */
export function PublicPage({ children }: { readonly children: ReactNode }) {
  const t = useClinicianWords();
  return (
    <div className={classes.page}>
      <SkipLink label={t('shell.skip')} target={mainId} />
      <header className={classes.header}>
        <Link to="/" className={classes.home}>
          <Logo name={t('shell.service')} />
        </Link>
        <span className={classes.whose}>{t('shell.forClinicians')}</span>
      </header>
      <main id={mainId} className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

export function PublicLayout() {
  return (
    <PublicPage>
      <Outlet />
    </PublicPage>
  );
}
