import { PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { caseListPath } from '../features/cases/case-list-place.ts';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';
import classes from './not-found.module.css';

/** Nothing stands at this address, or nothing that this clinician may see: the same page for both. */
export function NotFound() {
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
    </div>
  );
}
