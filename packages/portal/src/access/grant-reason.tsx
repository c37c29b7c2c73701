import { formatDateTime } from '@casetalk/ui';
import { useQuery } from '@tanstack/react-query';
import { useLanguage, useWords } from '../language/use-words.ts';
import { talkGrantsQuery } from './access-queries.ts';

export interface GrantReasonProps {
  readonly talkId: string;
  readonly grantId: string;
}

/** Until when an emergency access lasts or lasted, and the reason that was given for it; nothing until it is known. */
export function GrantReason({ talkId, grantId }: GrantReasonProps) {
  const words = useWords();
  const language = useLanguage();
  const { data } = useQuery(talkGrantsQuery(talkId));
  const grant = data?.data.find(({ id }) => id === grantId);
  if (!grant) return null;
  const until = formatDateTime(grant.endedAt ?? grant.expiresAt, language);
  return `${words('emergency.reason', { reason: grant.reason })} · ${words('emergency.until', { time: until })}`;
}
