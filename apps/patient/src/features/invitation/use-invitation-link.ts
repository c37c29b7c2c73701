import { answerOf, api, currentLanguage, looksLikeLinkToken, switchLanguage } from '@casetalk/portal';
import type { InvitationLink } from '@casetalk/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

/** What a link that is incomplete is good for; there is nothing to ask the API. */
const damaged = (): InvitationLink => ({
  status: 'unknown',
  practice: null,
  language: currentLanguage(),
  expiresAt: null,
});

/** What the link is good for. The invitation's language becomes the screen's, unless this device chose another one. */
export function useInvitationLink(token: string | null) {
  const query = useQuery({
    queryKey: ['invitationLink', token],
    queryFn: ({ signal }) =>
      token !== null && looksLikeLinkToken(token)
        ? answerOf(api.lookUpInvitationLink({ body: { token } }, { signal }))
        : damaged(),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const language = query.data?.language;
  useEffect(() => {
    if (language) void switchLanguage(language, 'offered');
  }, [language]);
  return { link: query.data, error: query.error, retry: () => void query.refetch() };
}
