import type { CaseAttachment } from '@casetalk/contract';
import { api } from '@casetalk/portal';
import { Button } from '@mantine/core';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './attachment-actions.module.css';

interface AttachmentActionsProps {
  readonly file: CaseAttachment;
  readonly onView: () => void;
  readonly onRemove: () => void;
}

/** What one can do with a file of the case. */
export function AttachmentActions({ file, onView, onRemove }: AttachmentActionsProps) {
  const t = useClinicianWords();
  const { name } = file;
  const shared = file.origin === 'patientTalk';
  const removeWords = shared ? t('attachments.stopNamed', { name }) : t('attachments.removeNamed', { name });
  return (
    <span className={classes.root}>
      {file.scan !== 'infected' && file.scan !== 'checking' && (
        <>
          <Button
            size="sm"
            variant="default"
            aria-label={t('attachments.viewNamed', { name })}
            onClick={onView}
          >
            {t('attachments.view')}
          </Button>
          <Button
            component="a"
            size="sm"
            variant="subtle"
            href={api.fileUrl('downloadCaseAttachment', { params: { caseAttachmentId: file.id } })}
            download={name}
            aria-label={t('attachments.downloadNamed', { name })}
          >
            {t('attachments.download')}
          </Button>
        </>
      )}
      {file.abilities.remove && (
        <Button size="sm" variant="subtle" color="gray" aria-label={removeWords} onClick={onRemove}>
          {shared ? t('attachments.stop') : t('attachments.remove')}
        </Button>
      )}
    </span>
  );
}
