import type { CaseAttachment } from '@casetalk/contract';
import { focusWhenThere } from '@casetalk/portal';
import { ConfirmDialog, useAnnouncer } from '@casetalk/ui';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { useRemoveCaseAttachment } from './case-attachment-queries.ts';

interface RemoveDialogProps {
  readonly caseId: string;
  readonly file: CaseAttachment | null;
  readonly onClose: () => void;
  /** Where the focus goes once the file's own buttons are gone. */
  readonly focusAfterId: string;
}

/** Asks before a file disappears for everyone on the case. */
export function RemoveDialog({ caseId, file, onClose, focusAfterId }: RemoveDialogProps) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const failureText = useFailureText();
  const remove = useRemoveCaseAttachment(caseId);
  const name = file?.name ?? '';
  const shared = file?.origin === 'patientTalk';
  const close = (): void => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={file !== null}
      title={t(shared ? 'attachments.confirm.stopTitle' : 'attachments.confirm.removeTitle', { name })}
      detail={t(shared ? 'attachments.confirm.stopText' : 'attachments.confirm.removeText')}
      confirmLabel={t(shared ? 'attachments.stop' : 'attachments.remove')}
      cancelLabel={t('shell.cancel')}
      busy={remove.isPending}
      busyLabel={t('attachments.confirm.busy')}
      dangerous
      error={remove.isError ? failureText(remove.error) : undefined}
      onCancel={close}
      onConfirm={() => {
        if (!file) return;
        remove.mutate(file, {
          onSuccess: () => {
            announce(t(shared ? 'attachments.confirm.stopped' : 'attachments.confirm.removed', { name }));
            close();
            focusWhenThere(focusAfterId);
          },
        });
      }}
    />
  );
}
