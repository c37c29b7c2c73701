import type { CaseSummary } from '@casetalk/contract';
import { Badge } from '@mantine/core';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { useCaseDrafts } from './use-case-drafts.ts';

/** "Draft in Patient Talk": something is begun on a case and not sent. Nobody writes in a closed one. */
export function DraftMark({ found }: { readonly found: Pick<CaseSummary, 'id' | 'status'> }) {
  const t = useClinicianWords();
  const drafts = useCaseDrafts(found.id);
  if (found.status === 'closed') return null;
  return (['patientTalk', 'doctorTalk'] as const)
    .filter((talk) => drafts[talk])
    .map((talk) => (
      <Badge key={talk} variant="light" tt="none">
        {t(`cases.draft.${talk}`)}
      </Badge>
    ));
}
