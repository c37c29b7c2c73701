import { formatDateTime, formatRelative } from './date-format.ts';
import type { Language, Moment } from './date-format.ts';
import { useNow } from './use-now.ts';

export interface RelativeTimeProps {
  readonly value: Moment;
  readonly language: Language;
  /** Adds the exact time after the relative one, for people who cannot hover. */
  readonly withExact?: boolean;
}

/** "5 minutes ago", kept true while it is shown; the exact time is its title. */
export const RelativeTime = ({ value, language, withExact = false }: RelativeTimeProps) => {
  const now = useNow(30_000);
  const exact = formatDateTime(value, language);
  const relative = formatRelative(value, language, now);
  return (
    <time dateTime={new Date(value).toISOString()} title={exact}>
      {relative}
      {withExact && `, ${exact}`}
    </time>
  );
};

export interface ExactTimeProps {
  readonly value: Moment;
  readonly language: Language;
  /** The whole moment, its day, or its time of day. */
  readonly show?: 'moment' | 'day' | 'time';
}

/** A moment written out as "22 Nov 2026, 2:41 pm"; `show` cuts it down, the title keeps the whole. */
export const ExactTime = ({ value, language, show = 'moment' }: ExactTimeProps) => {
  const exact = formatDateTime(value, language);
  const [day, time] = exact.split(', ');
  return (
    <time dateTime={new Date(value).toISOString()} title={exact}>
      {show === 'moment' ? exact : show === 'day' ? day : time}
    </time>
  );
};
