import { useWordsOf, type Words } from '@casetalk/portal';
import type { en } from './en.ts';

export const patientNamespace = 'patient';

export type PatientWords = Words<typeof en>;

/** What the patient portal alone says, in the reader's language. */
export const usePatientWords = (): PatientWords => useWordsOf<typeof en>(patientNamespace);
