import type { Clinician } from '@casetalk/contract';
import { focusWhenThere, TryAgain } from '@casetalk/portal';
import {
  Avatar,
  Dialog,
  SelectField,
  SkeletonList,
  StatusStrip,
  TextField,
  useAnnouncer,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { type ClinicianFilters, cliniciansQuery, useAddMember } from './member-queries.ts';
import classes from './add-member-dialog.module.css';

interface AddMemberDialogProps {
  readonly opened: boolean;
  readonly caseId: string;
  /** Who is on the case already. */
  readonly memberIds: readonly string[];
  readonly onClose: () => void;
}

const typingPauseMs = 250;

function AddMembers({ caseId, memberIds }: Pick<AddMemberDialogProps, 'caseId' | 'memberIds'>) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const failureText = useFailureText();
  const [typed, setTyped] = useState('');
  const [practice, setPractice] = useState<ClinicianFilters['practice']>('own');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const found = useQuery(cliniciansQuery({ search, practice }));
  const add = useAddMember(caseId);
  const people = found.data?.data;
  const count = found.isPlaceholderData ? undefined : people?.length;

  useEffect(() => {
    if (count !== undefined) announce(t('cases.members.dialog.count', { count }));
  }, [announce, count, t]);

  const addPerson = (clinician: Clinician): void => {
    if (add.isPending) return;
    add.mutate(clinician, {
      onSuccess: () => {
        announce(t('cases.members.dialog.addedDone', { name: clinician.name }));
        // The pressed button is gone; what took its place says that it worked.
        focusWhenThere(`on-case-${clinician.id}`);
      },
    });
  };

  return (
    <div className={classes.root}>
      <div className={classes.fields}>
        <TextField
          id="member-search"
          type="search"
          label={t('cases.members.dialog.search')}
          leftSection={<IconSearch size="1.125rem" aria-hidden="true" />}
          autoComplete="off"
          maxLength={120}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SelectField
          id="member-practice"
          label={t('cases.members.dialog.practice')}
          value={practice}
          onChange={(event) => setPractice(event.currentTarget.value === 'other' ? 'other' : 'own')}
          data={[
            { value: 'own', label: t('cases.members.dialog.own') },
            { value: 'other', label: t('cases.members.dialog.other') },
          ]}
        />
      </div>
      {add.isError && <StatusStrip tone="danger" title={failureText(add.error)} />}
      {found.isError && people === undefined && (
        <TryAgain
          title={t('cases.members.dialog.failed')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <SkeletonList label={t('shell.loading')} rows={3} withMark />}
      {people?.length === 0 && <p className={classes.quiet}>{t('cases.members.dialog.none')}</p>}
      <ul className={classes.list} aria-label={t('cases.members.dialog.title')}>
        {people?.map((clinician) => (
          <li key={clinician.id} className={classes.row}>
            <Avatar name={clinician.name} />
            <div className={classes.words}>
              <p className={classes.name}>{clinician.name}</p>
              <p className={classes.quiet}>
                {clinician.jobTitle}, {clinician.practice.name}
              </p>
            </div>
            {memberIds.includes(clinician.id) ? (
              <span id={`on-case-${clinician.id}`} className={classes.on} tabIndex={-1}>
                {t('cases.members.dialog.on')}
              </span>
            ) : (
              <Button
                size="sm"
                variant="light"
                aria-label={t('cases.members.dialog.addNamed', { name: clinician.name })}
                aria-busy={(add.isPending && add.variables.id === clinician.id) || undefined}
                onClick={() => addPerson(clinician)}
              >
                {add.isPending && add.variables.id === clinician.id
                  ? t('cases.members.dialog.adding')
                  : t('cases.members.dialog.add')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Finds doctors and staff of the own and of other practices, and adds them one press each. */
export function AddMemberDialog({ opened, caseId, memberIds, onClose }: AddMemberDialogProps) {
  const t = useClinicianWords();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('cases.members.dialog.title')}
      closeLabel={t('shell.close')}
    >
      <AddMembers caseId={caseId} memberIds={memberIds} />
      <div className={classes.foot}>
        <Button onClick={onClose}>{t('shell.done')}</Button>
      </div>
    </Dialog>
  );
}
