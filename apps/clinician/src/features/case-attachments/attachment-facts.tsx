import type { CaseAttachment, ScanState } from '@casetalk/contract';
import { previewWords, useWords } from '@casetalk/portal';
import { Icon, type IconDrawing } from '@casetalk/ui';
import {
  IconLoader2,
  IconMessageShare,
  IconShieldCheck,
  IconShieldOff,
  IconShieldX,
} from '@tabler/icons-react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './attachment-facts.module.css';

const scans: Readonly<Record<ScanState, IconDrawing>> = {
  notScanned: IconShieldOff,
  checking: IconLoader2,
  clean: IconShieldCheck,
  infected: IconShieldX,
};

/** How far the virus check has come; "Not scanned" is said, never taken for safe. */
export function ScanMark({ scan }: { readonly scan: ScanState }) {
  const t = useClinicianWords();
  return (
    <span className={classes.mark} data-scan={scan}>
      <Icon of={scans[scan]} size="sm" />
      {t(`attachments.scanOf.${scan}`)}
    </span>
  );
}

/** How the preview stands, where the small picture does not say it by itself. */
export function PreviewMark({ file }: { readonly file: CaseAttachment }) {
  const words = useWords();
  const isClosed = file.scan === 'checking' || file.scan === 'infected';
  const said = isClosed ? null : previewWords(words, file);
  return said === null ? null : <span className={classes.quiet}>{said}</span>;
}

/** Where a file came from: uploaded here, or from the patient, shared by a colleague. Nothing else of the talk. */
export function Origin({ file }: { readonly file: CaseAttachment }) {
  const t = useClinicianWords();
  if (file.origin === 'upload')
    return <span className={classes.quiet}>{t('attachments.uploadedBy', { name: file.addedBy.name })}</span>;
  return (
    <span className={classes.origin}>
      <span className={classes.mark} data-origin="patientTalk">
        <Icon of={IconMessageShare} size="sm" />
        {t('attachments.origin', { name: file.addedBy.name })}
      </span>
      {file.withoutMetadata && <span className={classes.quiet}>{t('attachments.withoutMetadata')}</span>}
    </span>
  );
}
