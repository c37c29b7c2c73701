import { talksQuery, usePatientMe, useWords } from '@casetalk/portal';
import { Icon, PageTitle, SkeletonList, UnreadBadge } from '@casetalk/ui';
import { IconChevronRight, IconInbox, IconUserCircle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, Navigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './home-screen.module.css';

/** The first page after signing in: straight to the inbox when something waits there, else two large doors. */
export function HomeScreen() {
  const words = useWords();
  const patient = usePatientWords();
  const me = usePatientMe();
  const talks = useInfiniteQuery(talksQuery());

  if (talks.isPending) return <SkeletonList label={words('page.loading')} rows={2} />;
  const unread = talks.data?.pages[0]?.unreadTotal ?? 0;
  if (unread > 0) return <Navigate to={paths.inbox} replace />;
  return (
    <>
      <PageTitle
        title={me.name === '' ? patient('header.inbox') : patient('home.title', { name: me.name })}
        service={words('page.service')}
      />
      <div className={classes.doors}>
        <Link className={classes.door} to={paths.inbox}>
          <Icon of={IconInbox} size="xl" />
          <span className={classes.words}>
            <span className={classes.name}>{patient('header.inbox')}</span>
            <span className={classes.detail}>{patient('home.inbox.detail')}</span>
            <span className={classes.detail}>
              {unread === 0 ? (
                patient('home.inbox.none')
              ) : (
                <UnreadBadge count={unread} text={patient('header.unread', { count: unread })} />
              )}
            </span>
          </span>
          <Icon of={IconChevronRight} size="lg" />
        </Link>
        <Link className={classes.door} to={paths.account}>
          <Icon of={IconUserCircle} size="xl" />
          <span className={classes.words}>
            <span className={classes.name}>{patient('header.account')}</span>
            <span className={classes.detail}>{patient('home.account.detail')}</span>
          </span>
          <Icon of={IconChevronRight} size="lg" />
        </Link>
      </div>
    </>
  );
}
