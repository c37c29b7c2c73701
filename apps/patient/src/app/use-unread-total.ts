import { talksQuery } from '@casetalk/portal';
import { useInfiniteQuery } from '@tanstack/react-query';

/** How many messages the patient has not read, in all conversations; 0 until it is known. */
export const useUnreadTotal = (): number => useInfiniteQuery(talksQuery()).data?.pages[0]?.unreadTotal ?? 0;
