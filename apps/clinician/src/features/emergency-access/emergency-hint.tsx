import { StatusStrip } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconShieldExclamation } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';

/** What an administrator can do who was sent a case's address. Says the same whether there is such a case or not. */
export function EmergencyHint({ caseId }: { readonly caseId: string }) {
  const t = useClinicianWords();
  return (
    <StatusStrip
      tone="neutral"
      icon={IconShieldExclamation}
      title={t('emergencyAccess.caseHint.title')}
      detail={t('emergencyAccess.caseHint.text')}
      actions={
        <Button component={Link} to={`/emergency-access/new?case=${caseId}`} variant="default">
          {t('emergencyAccess.new')}
        </Button>
      }
    />
  );
}
