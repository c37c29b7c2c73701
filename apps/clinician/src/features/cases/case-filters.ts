import { choiceOf, type MyTalkState, myTalkStates } from '@casetalk/contract';

export type CaseSort = 'updated' | 'patient' | 'title';
export type SortDirection = 'ascending' | 'descending';

/** What the case list shows, as its address says it. */
export interface CaseFilters {
  readonly search: string;
  readonly status: 'open' | 'closed' | null;
  readonly talk: MyTalkState | null;
  readonly unread: boolean;
  readonly sort: CaseSort;
  readonly direction: SortDirection;
}

const sorts: readonly CaseSort[] = ['updated', 'patient', 'title'];

/** The direction in which people expect a column: the latest first, names from A on. */
export const usualDirection = (sort: CaseSort): SortDirection =>
  sort === 'updated' ? 'descending' : 'ascending';

/** Reads the filters from an address; whatever it does not know counts as not said. */
export function filtersOf(address: URLSearchParams): CaseFilters {
  const status = address.get('status');
  const sort = sorts.find((name) => name === address.get('sort')) ?? 'updated';
  const direction = address.get('direction');
  return {
    search: address.get('search') ?? '',
    status: status === 'open' || status === 'closed' ? status : null,
    talk: choiceOf(myTalkStates, address.get('talk')) ?? null,
    unread: address.get('unread') === 'true',
    sort,
    direction: direction === 'ascending' || direction === 'descending' ? direction : usualDirection(sort),
  };
}

/** Writes the filters into an address; what is usual is left out, so that a plain list has a plain address. */
export function addressOf(filters: CaseFilters): URLSearchParams {
  const address = new URLSearchParams();
  if (filters.search !== '') address.set('search', filters.search);
  if (filters.status) address.set('status', filters.status);
  if (filters.talk) address.set('talk', filters.talk);
  if (filters.unread) address.set('unread', 'true');
  if (filters.sort !== 'updated') address.set('sort', filters.sort);
  if (filters.direction !== usualDirection(filters.sort)) address.set('direction', filters.direction);
  return address;
}

/** True when the list leaves something out. */
export const isFiltered = ({ search, status, talk, unread }: CaseFilters): boolean =>
  search !== '' || status !== null || talk !== null || unread;

/** The filters as the API takes them. */
export const queryOf = (filters: CaseFilters) => ({
  ...(filters.search.trim() === '' ? {} : { search: filters.search.trim() }),
  ...(filters.status ? { status: filters.status } : {}),
  ...(filters.talk ? { talk: filters.talk } : {}),
  ...(filters.unread ? { unread: 'true' } : {}),
  sort: filters.sort,
  direction: filters.direction,
});
