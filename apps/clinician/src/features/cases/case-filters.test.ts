import { describe, expect, test } from 'vitest';
import { addressOf, filtersOf, isFiltered, queryOf } from './case-filters.ts';

const read = (address: string) => filtersOf(new URLSearchParams(address));

describe('the case list in its address', () => {
  test('shows the latest first when the address says nothing', () => {
    expect(queryOf(read(''))).toEqual({ sort: 'updated', direction: 'descending' });
    expect(isFiltered(read(''))).toBe(false);
  });

  test.each([
    '',
    'search=ruiz&talk=active&unread=true',
    'status=closed&sort=patient',
    'sort=title&direction=descending',
  ])('comes back the same from "%s"', (address) => {
    expect(addressOf(read(address)).toString()).toBe(address);
  });

  test('ignores what it does not know', () => {
    expect(read('status=lost&talk=maybe&sort=size&direction=up')).toEqual(read(''));
  });

  test('asks the API for what is filtered, without spaces around the search', () => {
    expect(queryOf(read('search=%20ruiz%20&unread=true&sort=patient'))).toEqual({
      search: 'ruiz',
      unread: 'true',
      sort: 'patient',
      direction: 'ascending',
    });
  });
});
