import { choiceOf, fileKinds } from '@casetalk/contract';
import type { AttachmentFilters, AttachmentSort } from './case-attachment-queries.ts';

const sorts: readonly AttachmentSort[] = ['added', 'name', 'addedBy'];

/** The direction in which people expect a column: the latest first, names from A on. */
export const usualDirection = (sort: AttachmentSort): AttachmentFilters['direction'] =>
  sort === 'added' ? 'descending' : 'ascending';

/** Reads type and order from an address; whatever it does not know counts as not said. */
export function filtersOf(address: URLSearchParams): AttachmentFilters {
  const sort = sorts.find((name) => name === address.get('sort')) ?? 'added';
  const direction = address.get('direction');
  return {
    kind: choiceOf(fileKinds, address.get('type')) ?? null,
    sort,
    direction: direction === 'ascending' || direction === 'descending' ? direction : usualDirection(sort),
  };
}

/** Writes them into an address; what is usual is left out. */
export function addressOf({ kind, sort, direction }: AttachmentFilters): URLSearchParams {
  const address = new URLSearchParams();
  if (kind) address.set('type', kind);
  if (sort !== 'added') address.set('sort', sort);
  if (direction !== usualDirection(sort)) address.set('direction', direction);
  return address;
}
