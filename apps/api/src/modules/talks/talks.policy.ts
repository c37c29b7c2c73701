/** What decides about writing in a talk that the viewer sees. */
export interface TalkFacts {
  readonly caseOpen: boolean;
  /** The clinician is still on the case; otherwise nobody would read what the patient writes. */
  readonly clinicianSeesCase: boolean;
}

/** Whoever sees a talk may write in it while the case is open and its clinician works on it. */
export const mayWrite = ({ caseOpen, clinicianSeesCase }: TalkFacts): boolean =>
  caseOpen && clinicianSeesCase;
