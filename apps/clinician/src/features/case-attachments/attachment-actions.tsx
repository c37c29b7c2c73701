import type { CaseAttachment } from '@casetalk/contract';
import { api } from '@casetalk/portal';
import { Icon } from '@casetalk/ui';
import { ActionIcon, Button } from '@mantine/core';
import { IconDownload, IconEye, IconEyeOff, IconTrash } from '@tabler/icons-react';
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
      {file.scan !== 'infected' && (
        <>
          <Button
            size="sm"
            variant="default"
            leftSection={<Icon of={IconEye} size="sm" />}
            aria-label={t('attachments.viewNamed', { name })}
            onClick={onView}
          >
            {t('attachments.view')}
          </Button>
          <ActionIcon
            component="a"
            color="gray"
            href={api.fileUrl('downloadCaseAttachment', { params: { caseAttachmentId: file.id } })}
            download={name}
            aria-label={t('attachments.downloadNamed', { name })}
            title={t('attachments.download')}
          >
            <Icon of={IconDownload} />
          </ActionIcon>
        </>
      )}
      {file.abilities.remove && (
        <ActionIcon
          color="gray"
          aria-label={removeWords}
          title={shared ? t('attachments.stop') : t('attachments.remove')}
          onClick={onRemove}
        >
          <Icon of={shared ? IconEyeOff : IconTrash} />
        </ActionIcon>
      )}
    </span>
  );
}
