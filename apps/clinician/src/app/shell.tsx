import { IdleWarning, useClinicianMe, useLiveUpdates, useSession, useWords } from '@casetalk/portal';
import {
  Avatar,
  Icon,
  type LinkParts,
  Logo,
  OfflineBar,
  type RailItem,
  RailLayout,
  RailNav,
  SkipLink,
} from '@casetalk/ui';
import { VisuallyHidden } from '@mantine/core';
import {
  IconFolderPlus,
  IconFolders,
  IconLogout2,
  IconShieldExclamation,
  IconUserCircle,
} from '@tabler/icons-react';
import { Link, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { caseListPath } from '../features/cases/case-list-place.ts';
import { useUnreadTotal } from '../features/cases/use-unread-total.ts';
import { useWide } from '../lib/use-wide.ts';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';
import classes from './shell.module.css';

const mainId = 'main';
const renderLink = (parts: LinkParts) => <Link {...parts} />;

const currentOf = (path: string): string => {
  if (path === '/cases/new') return 'new';
  return path.split('/').at(1) ?? 'cases';
};

function AccountCorner() {
  const t = useClinicianWords();
  const words = useWords();
  const me = useClinicianMe();
  const { signOut } = useSession();
  return (
    <div className={classes.account}>
      <Avatar name={me.name} size="sm" />
      <VisuallyHidden>{t('shell.signedInAs', { name: me.name, practice: me.practice.name })}</VisuallyHidden>
      <span className={classes.name} aria-hidden="true">
        {me.name}
      </span>
      <button type="button" className={classes.out} onClick={() => void signOut()}>
        <Icon of={IconLogout2} size="sm" />
        {words('page.signOut')}
      </button>
    </div>
  );
}

/** The signed-in page: the way around at its edge, live updates, and the warning before the session ends. */
export function Shell() {
  const t = useClinicianWords();
  const words = useWords();
  const me = useClinicianMe();
  const { pathname } = useLocation();
  const unread = useUnreadTotal();
  const wide = useWide();
  useLiveUpdates();

  const items: readonly RailItem[] = [
    {
      id: 'cases',
      to: caseListPath(),
      label: t('shell.viewCases'),
      icon: IconFolders,
      badge: { count: unread, text: t('shell.unread', { count: unread }) },
    },
    ...(me.abilities.createCase
      ? [{ id: 'new', to: '/cases/new', label: t('shell.newCase'), icon: IconFolderPlus }]
      : []),
    ...(me.role === 'administrator'
      ? [
          {
            id: 'emergency-access',
            to: '/emergency-access',
            label: t('emergencyAccess.title'),
            icon: IconShieldExclamation,
          },
        ]
      : []),
    { id: 'account', to: '/account', label: t('shell.account'), icon: IconUserCircle },
  ];

  return (
    <>
      <SkipLink label={t('shell.skip')} target={mainId} />
      <RailLayout
        mainId={mainId}
        before={<OfflineBar message={words('page.offline')} backMessage={words('page.online')} />}
        rail={
          <RailNav
            label={t('shell.main')}
            brand={
              <Link to={caseListPath()} className={classes.home}>
                <Logo name={t('shell.service')} markOnly={wide} />
              </Link>
            }
            items={items}
            current={currentOf(pathname)}
            renderLink={renderLink}
            account={<AccountCorner />}
          />
        }
      >
        <div className={classes.content}>
          <Outlet />
        </div>
      </RailLayout>
      <IdleWarning />
      <ScrollRestoration />
    </>
  );
}
