import type { Case } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { ExactTime, Icon, Panel } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { EditCaseDialog } from './edit-case-dialog.tsx';
import classes from './case-details.module.css';

/** What the case is about, and the way to change it. */
export function CaseDetails({ found }: { readonly found: Case }) {
  const t = useClinicianWords();
  const language = useLanguage();
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      title={t('cases.details.title')}
      actions={
        found.abilities.edit ? (
          <Button
            size="sm"
            variant="default"
            leftSection={<Icon of={IconPencil} size="sm" />}
            aria-label={t('cases.details.editNamed')}
            onClick={() => setEditing(true)}
          >
            {t('cases.details.edit')}
          </Button>
        ) : undefined
      }
    >
      {found.description === '' ? (
        <p className={classes.none}>{t('cases.details.noDescription')}</p>
      ) : (
        <p className={classes.description} dir="auto">
          {found.description}
        </p>
      )}
      <dl className={classes.facts}>
        <div>
          <dt>{t('cases.details.caseTitle')}</dt>
          <dd>{found.title}</dd>
        </div>
        <div>
          <dt>{t('cases.details.status')}</dt>
          <dd>{t(`cases.statusOf.${found.status}`)}</dd>
        </div>
        <div>
          <dt>{t('cases.details.created')}</dt>
          <dd>
            <ExactTime value={found.createdAt} language={language} show="day" />
          </dd>
        </div>
        <div>
          <dt>{t('cases.details.updated')}</dt>
          <dd>
            <ExactTime value={found.updatedAt} language={language} />
          </dd>
        </div>
      </dl>
      <EditCaseDialog opened={editing} found={found} onClose={() => setEditing(false)} />
    </Panel>
  );
}
