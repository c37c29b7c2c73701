import type { Case } from '@casetalk/contract';
import { useOutletContext } from 'react-router';

/** What the case's page gives to the tab that it shows. */
export interface CaseContext {
  readonly found: Case;
  /** Opens the form of an invitation. */
  readonly invite: () => void;
}

export const useCaseContext = (): CaseContext => useOutletContext<CaseContext>();
