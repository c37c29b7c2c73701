import { EmptyState, PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { caseListPath } from '../features/cases/case-list-place.ts';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';

/** Nothing stands at this address, or nothing that this clinician may see: the same page for both. */
export function NotFound() {
  const t = useClinicianWords();
  return (
    <>
      <PageTitle title={t('shell.notFound.title')} service={t('shell.service')} />
      <EmptyState
        icon={IconMapOff}
        title={t('shell.notFound.text')}
        action={
          <Button component={Link} to={caseListPath()}>
            {t('shell.notFound.action')}
          </Button>
        }
      />
    </>
  );
}
