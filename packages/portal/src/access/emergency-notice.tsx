import type { BreakGlassGrant } from '@casetalk/contract';
import { formatDate, formatDateTime, formatTime, StatusStrip, useAnnouncer } from '@casetalk/ui';
import { useMediaQuery } from '@mantine/hooks';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLanguage, useWords } from '../language/use-words.ts';
import { talkGrantsQuery } from './access-queries.ts';
import classes from './emergency-notice.module.css';

/** An access that is over stays in sight for this long, for people who were not there. */
const remembered = 7 * 24 * 60 * 60 * 1000;

/** Timers may ring a little early. */
const slackMs = 100;

const endOf = ({ endedAt, expiresAt }: BreakGlassGrant): string => endedAt ?? expiresAt;

interface Told {
  readonly grant: BreakGlassGrant;
  readonly live: boolean;
}

/** The access to tell of: one that is open, else the last one that ended within a week. */
function toldAt(grants: readonly BreakGlassGrant[], now: number): Told | null {
  const live = grants.find((grant) => grant.state === 'live' && Date.parse(grant.expiresAt) > now);
  if (live) return { grant: live, live: true };
  const over = grants.find((grant) => now - Date.parse(endOf(grant)) < remembered);
  return over ? { grant: over, live: false } : null;
}

/** Tells both people of a talk that an administrator reads it, or did within the last week: who, until when and why. */
export function EmergencyNotice({ talkId }: { readonly talkId: string }) {
  const words = useWords();
  // A phone keeps its room for the talk; there one press tells who and why.
  const wide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? true;
  const language = useLanguage();
  const { data } = useQuery(talkGrantsQuery(talkId));
  const [now, setNow] = useState(() => Date.now());
  const told = data ? toldAt(data.data, now) : null;
  const end = told?.live ? Date.parse(told.grant.expiresAt) : undefined;
  useEffect(() => {
    if (end === undefined) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, end - Date.now()) + slackMs);
    return () => clearTimeout(timer);
  }, [end]);
  useTurnsAnnounced(data === undefined ? undefined : (told?.live ?? false));

  if (!told) return null;
  const { grant, live } = told;
  const { name, jobTitle, practiceName } = grant.administrator;
  const values = {
    name,
    role: words('access.role', { jobTitle, practice: practiceName }),
    from: formatDateTime(grant.startedAt, language),
    to: formatTime(endOf(grant), language),
  };
  const title = live
    ? words('emergency.open', { time: formatTime(grant.expiresAt, language) })
    : words('emergency.ended', { day: formatDate(grant.startedAt, language) });
  const detail = (
    <p>
      {words(live ? 'emergency.open.detail' : 'emergency.ended.detail', values)}{' '}
      {words('emergency.reason', { reason: grant.reason })}
    </p>
  );
  return (
    <div className={classes.notice}>
      <StatusStrip
        tone={live ? 'warning' : 'neutral'}
        icon={IconShieldExclamation}
        title={title}
        detail={
          wide ? (
            detail
          ) : (
            <details>
              <summary className={classes.summary}>{words('emergency.who')}</summary>
              {detail}
            </details>
          )
        }
      />
    </div>
  );
}

/** Says that an access was opened or is over while the talk is on screen; not what was so before. */
function useTurnsAnnounced(live: boolean | undefined): void {
  const words = useWords();
  const announce = useAnnouncer();
  const before = useRef<boolean | undefined>(undefined);
  useEffect(() => {
    if (live === undefined) return;
    if (before.current !== undefined && before.current !== live) {
      announce(words(live ? 'emergency.announce' : 'emergency.announce.ended'), 'assertive');
    }
    before.current = live;
  }, [announce, live, words]);
}
