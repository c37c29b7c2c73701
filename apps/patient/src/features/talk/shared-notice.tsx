import { useLanguage, useWords } from '@casetalk/portal';
import type { Attachment } from '@casetalk/contract';
import { AudienceTag, formatDateTime } from '@casetalk/ui';

/** "Shared with everyone on the case, 22 Nov 2026, 2:41 pm": the patient sees what became of a file. */
export function SharedNotice({ attachment }: { readonly attachment: Attachment }) {
  const words = useWords();
  const language = useLanguage();
  if (!attachment.share) return null;
  return (
    <AudienceTag audience="case">
      {words('files.shared', { time: formatDateTime(attachment.share.sharedAt, language) })}
    </AudienceTag>
  );
}
