import type { Case } from '@casetalk/contract';
import { problemOf, TryAgain, useClinicianMe } from '@casetalk/portal';
import {
  AudienceIcon,
  Icon,
  type LinkParts,
  SkeletonList,
  type TabItem,
  TabPanel,
  TabsNav,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMailPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { CaseHeader } from '../../features/cases/case-header.tsx';
import { caseQuery } from '../../features/cases/case-queries.ts';
import { useCaseDrafts } from '../../features/cases/use-case-drafts.ts';
import { EmergencyHint } from '../../features/emergency-access/emergency-hint.tsx';
import { InviteDialog } from '../../features/invitations/invite-dialog.tsx';
import { inviteDraftOf } from '../../features/invitations/invite-draft.ts';
import { type ClinicianWords, useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { NotFound } from '../not-found.tsx';
import type { CaseContext } from './case-context.ts';
import classes from './case-layout.module.css';

const tabsId = 'case-tabs';
const tabNames = ['overview', 'doctorTalk', 'patientTalk', 'attachments'] as const;
type TabName = (typeof tabNames)[number];

const segments: Readonly<Record<TabName, string>> = {
  overview: '',
  doctorTalk: '/doctor-talk',
  patientTalk: '/patient-talk',
  attachments: '/attachments',
};

const renderLink = (parts: LinkParts) => <Link {...parts} />;

/** Marks that a tab's focus should go to what tells how the invitation stands. */
export const focusStanding = { focus: 'standing' } as const;

const tabOf = (path: string): TabName =>
  tabNames.find((name) => segments[name] !== '' && path.endsWith(segments[name])) ?? 'overview';

function tabsOf(
  found: Case,
  drafts: ReturnType<typeof useCaseDrafts>,
  t: ClinicianWords,
): readonly TabItem[] {
  const mark = (isBegun: boolean) =>
    isBegun && found.status === 'open' ? { mark: t('cases.draft.tab') } : {};
  const badge = (count: number) => ({ count, text: t('shell.unread', { count }) });
  return [
    { id: 'overview', to: `/cases/${found.id}`, label: t('cases.tabs.overview') },
    {
      id: 'doctorTalk',
      to: `/cases/${found.id}/doctor-talk`,
      label: t('cases.tabs.doctorTalk'),
      icon: <AudienceIcon audience="case" />,
      badge: badge(found.doctorTalkUnread),
      ...mark(drafts.doctorTalk),
    },
    {
      id: 'patientTalk',
      to: `/cases/${found.id}/patient-talk`,
      label: t('cases.tabs.patientTalk'),
      icon: <AudienceIcon audience="private" />,
      badge: badge(found.myTalk.unread),
      ...mark(drafts.patientTalk),
    },
    {
      id: 'attachments',
      to: `/cases/${found.id}/attachments`,
      label: t('cases.tabs.attachments'),
      icon: <AudienceIcon audience="case" />,
      badge: {
        count: found.attachmentCount,
        text: t('cases.tabs.files', { count: found.attachmentCount }),
      },
    },
  ];
}

function CasePage({ found }: { readonly found: Case }) {
  const t = useClinicianWords();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const me = useClinicianMe();
  const drafts = useCaseDrafts(found.id);
  const mayInvite = found.abilities.invite && found.myTalk.state === 'notInvited';
  // A form that a session's end or a reload tore away stands open again, with what was typed.
  const [inviting, setInviting] = useState(() => mayInvite && inviteDraftOf(me.id, found.id) !== null);
  const selected = tabOf(pathname);
  const unread = found.myTalk.unread + found.doctorTalkUnread;
  const context: CaseContext = { found, invite: () => setInviting(true) };

  return (
    <div
      className={classes.page}
      data-fill={selected === 'doctorTalk' || selected === 'patientTalk' || undefined}
    >
      <div className={classes.head}>
        <CaseHeader
          found={found}
          titlePrefix={`${unread > 0 ? `(${unread}) ` : ''}${t(`cases.tabs.${selected}`)} - `}
          action={
            mayInvite ? (
              <Button leftSection={<Icon of={IconMailPlus} />} onClick={() => setInviting(true)}>
                {t('cases.header.invite')}
              </Button>
            ) : undefined
          }
        />
        <TabsNav
          id={tabsId}
          label={t('cases.tabs.label')}
          items={tabsOf(found, drafts, t)}
          selected={selected}
          renderLink={renderLink}
        />
      </div>
      <TabPanel tabsId={tabsId} selected={selected}>
        <Outlet context={context} />
      </TabPanel>
      <InviteDialog
        opened={inviting}
        caseId={found.id}
        patientName={found.patientName}
        onClose={(sent) => {
          setInviting(false);
          if (sent && selected !== 'patientTalk') {
            void navigate(`/cases/${found.id}/patient-talk`, { state: focusStanding });
          }
        }}
      />
    </div>
  );
}

/** A case: who it is about, its tabs, and the tab that is open. */
export function CaseLayout() {
  const t = useClinicianWords();
  const { caseId = '' } = useParams();
  const me = useClinicianMe();
  const found = useQuery(caseQuery(caseId));
  if (found.data) return <CasePage key={found.data.id} found={found.data} />;
  if (found.isError) {
    const code = problemOf(found.error).code;
    if (code === 'not-found' || code === 'invalid-request') {
      return <NotFound>{me.role === 'administrator' && <EmergencyHint caseId={caseId} />}</NotFound>;
    }
    return (
      <TryAgain title={t('cases.header.failed')} error={found.error} onRetry={() => void found.refetch()} />
    );
  }
  return <SkeletonList label={t('shell.loading')} rows={5} />;
}
