import { useWordsOf, type Words } from '@casetalk/portal';
import type { en } from './en/index.ts';

export type ClinicianWords = Words<typeof en>;

/** Where this portal's sentences stand beside the shared ones. */
export const clinicianNamespace = 'clinician';

/** The clinician portal's own words in the reader's language. */
export const useClinicianWords = (): ClinicianWords => useWordsOf<typeof en>(clinicianNamespace);
