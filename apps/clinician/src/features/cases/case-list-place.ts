let place = '';

/** Remembers how the case list was searched, filtered and sorted, so that the way back leads there. */
export function rememberCaseList(search: string): void {
  place = search;
}

/** The address of the case list as it was left. */
export const caseListPath = (): string => (place === '' ? '/cases' : `/cases?${place}`);

/** Of the list itself, for the focus to land on. */
export const caseResultsId = 'case-results';
