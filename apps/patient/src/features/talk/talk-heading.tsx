import { DownloadAll, useWords } from '@casetalk/portal';
import type { Talk } from '@casetalk/contract';
import { Avatar, Icon, usePageHeading } from '@casetalk/ui';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useUnreadTotal } from '../../app/use-unread-total.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './talk-screen.module.css';

export interface TalkHeadingProps {
  readonly talk: Talk;
  readonly wide: boolean;
  /** Of the messages on screen. */
  readonly fileCount: number;
}

/** With whom, from where, about what. The page's heading on a phone, the pane's heading beside the list. */
export function TalkHeading({ talk, wide, fileCount }: TalkHeadingProps) {
  const patient = usePatientWords();
  const { name, jobTitle, practiceName } = talk.clinician;
  // On a phone the practice stands at the top of the page already.
  const about = [jobTitle, wide ? practiceName : '', patient('talk.about', { title: talk.caseTitle })]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className={classes.heading}>
      {wide ? (
        <Avatar name={name} />
      ) : (
        <Link className={classes.back} to={paths.inbox} aria-label={patient('inbox.back')}>
          <Icon of={IconArrowLeft} size="lg" />
        </Link>
      )}
      <div className={classes.who}>
        {wide ? <PaneHeading name={name} /> : <PageHeading name={name} />}
        <p className={classes.about}>{about}</p>
      </div>
      <div className={classes.all}>
        <DownloadAll from={{ talkId: talk.id }} known={fileCount} hideWhenEmpty compact={!wide} />
      </div>
    </div>
  );
}

function PageHeading({ name }: { readonly name: string }) {
  const words = useWords();
  const unread = useUnreadTotal();
  const heading = usePageHeading({
    title: name,
    service: words('page.service'),
    prefix: unread > 0 ? `(${unread}) ` : undefined,
  });
  return (
    <h1 ref={heading} tabIndex={-1} className={classes.name}>
      {name}
    </h1>
  );
}

/** Takes the focus when the conversation was chosen in the list, not when the page was opened on it. */
function PaneHeading({ name }: { readonly name: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement?.closest('li a')) heading.current?.focus();
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} className={classes.name}>
      {name}
    </h2>
  );
}
