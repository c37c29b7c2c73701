import { PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { caseListPath } from '../features/cases/case-list-place.ts';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';
import classes from './not-found.module.css';

/** Nothing stands at this address, or nothing that this clinician may see: the same page for both. Below it, what else she may do. */
export function NotFound({ children }: { readonly children?: ReactNode }) {
  const t = useClinicianWords();
  return (
    <div className={classes.root}>
      <PageTitle
        title={t('shell.notFound.title')}
        service={t('shell.service')}
        lead={t('shell.notFound.text')}
      />
      <div>
        <Button component={Link} to={caseListPath()}>
          {t('shell.notFound.action')}
        </Button>
      </div>
      {children}
    </div>
  );
}
