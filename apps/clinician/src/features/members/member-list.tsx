import type { CaseMember } from '@casetalk/contract';
import { focusWhenThere, problemOf, TryAgain, useClinicianMe, useLanguage } from '@casetalk/portal';
import { Avatar, ConfirmDialog, formatDate, Icon, Panel, SkeletonList, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { AddMemberDialog } from './add-member-dialog.tsx';
import { membersQuery, useRemoveMember } from './member-queries.ts';
import classes from './member-list.module.css';

interface MemberListProps {
  readonly caseId: string;
  readonly mayManage: boolean;
  /** Called when the reader took herself off the case. */
  readonly onLeft: () => void;
}

interface MemberRowProps {
  readonly member: CaseMember;
  readonly isMe: boolean;
  readonly onRemove: () => void;
}

function MemberRow({ member, isMe, onRemove }: MemberRowProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  const { clinician } = member;
  return (
    <li className={classes.row}>
      <Avatar name={clinician.name} />
      <div className={classes.words}>
        <p className={classes.name}>
          {clinician.name}
          {isMe && <span className={classes.me}>{t('shell.youTag')}</span>}
        </p>
        <p className={classes.quiet}>
          {clinician.jobTitle}, {clinician.practice.name}
        </p>
        <p className={classes.quiet}>
          {t('cases.members.added', { date: formatDate(member.addedAt, language), name: member.addedBy })}
        </p>
      </div>
      {member.abilities.remove && (
        <Button
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={isMe ? undefined : t('cases.members.removeNamed', { name: clinician.name })}
          onClick={onRemove}
        >
          {isMe ? t('cases.members.leave') : t('cases.members.remove')}
        </Button>
      )}
    </li>
  );
}

interface RemoveDialogProps {
  readonly caseId: string;
  readonly member: CaseMember | null;
  readonly onClose: () => void;
  readonly onLeft: () => void;
}

function RemoveDialog({ caseId, member, onClose, onLeft }: RemoveDialogProps) {
  const t = useClinicianWords();
  const me = useClinicianMe();
  const announce = useAnnouncer();
  const failureText = useFailureText();
  const remove = useRemoveMember(caseId);
  const name = member?.clinician.name ?? '';
  const leaving = member?.clinician.id === me.id;
  const close = (): void => {
    remove.reset();
    onClose();
  };
  const failure =
    problemOf(remove.error).code === 'state-conflict'
      ? t('cases.members.confirm.last')
      : failureText(remove.error);
  return (
    <ConfirmDialog
      opened={member !== null}
      title={leaving ? t('cases.members.confirm.leaveTitle') : t('cases.members.confirm.title', { name })}
      detail={leaving ? t('cases.members.confirm.leaveText') : t('cases.members.confirm.text', { name })}
      confirmLabel={leaving ? t('cases.members.leave') : t('cases.members.confirm.action')}
      cancelLabel={t('shell.cancel')}
      busy={remove.isPending}
      busyLabel={t('cases.members.confirm.busy')}
      dangerous
      error={remove.isError ? failure : undefined}
      onCancel={close}
      onConfirm={() => {
        if (!member) return;
        remove.mutate(
          { clinicianId: member.clinician.id, leaving },
          {
            onSuccess: () => {
              announce(t('cases.members.confirm.done', { name }));
              close();
              if (leaving) onLeft();
              else focusWhenThere('add-member');
            },
          },
        );
      }}
    />
  );
}

/** "Associated doctors & staff": who sees this case, with adding and removing. */
export function MemberList({ caseId, mayManage, onLeft }: MemberListProps) {
  const t = useClinicianWords();
  const me = useClinicianMe();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<CaseMember | null>(null);
  const members = useQuery(membersQuery(caseId));
  return (
    <div id="members" className={classes.root}>
      <Panel
        title={t('cases.members.title')}
        actions={
          mayManage ? (
            <Button
              id="add-member"
              size="sm"
              variant="default"
              leftSection={<Icon of={IconUserPlus} size="sm" />}
              aria-label={t('cases.members.addNamed')}
              onClick={() => setAdding(true)}
            >
              {t('cases.members.add')}
            </Button>
          ) : undefined
        }
      >
        <p className={classes.quiet}>{t('cases.members.lead')}</p>
        {members.data === undefined && members.isError && (
          <TryAgain
            title={t('cases.members.failed')}
            error={members.error}
            onRetry={() => void members.refetch()}
          />
        )}
        {members.isPending && <SkeletonList label={t('shell.loading')} rows={3} withMark />}
        {members.data?.data.length === 0 && <p>{t('cases.members.empty')}</p>}
        <ul className={classes.list} aria-label={t('cases.members.title')}>
          {members.data?.data.map((member) => (
            <MemberRow
              key={member.clinician.id}
              member={member}
              isMe={member.clinician.id === me.id}
              onRemove={() => setRemoving(member)}
            />
          ))}
        </ul>
      </Panel>
      <AddMemberDialog
        opened={adding}
        caseId={caseId}
        memberIds={members.data?.data.map((member) => member.clinician.id) ?? []}
        onClose={() => setAdding(false)}
      />
      <RemoveDialog caseId={caseId} member={removing} onClose={() => setRemoving(null)} onLeft={onLeft} />
    </div>
  );
}
