import { CaseAttachments } from '../../features/case-attachments/case-attachments.tsx';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { useCaseContext } from './case-context.ts';
import { TabHeading } from './tab-heading.tsx';

/** Attachments: the files that everyone on the case can see. */
export function AttachmentsScreen() {
  const t = useClinicianWords();
  const { found } = useCaseContext();
  return (
    <>
      <TabHeading>{t('cases.tabs.attachments')}</TabHeading>
      <CaseAttachments found={found} />
    </>
  );
}
