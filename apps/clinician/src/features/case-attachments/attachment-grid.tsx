import type { CaseAttachment } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { ExactTime, formatFileSize } from '@casetalk/ui';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { AttachmentActions } from './attachment-actions.tsx';
import { Origin, PreviewMark, ScanMark } from './attachment-facts.tsx';
import { Thumbnail } from './thumbnail.tsx';
import classes from './attachment-grid.module.css';

interface AttachmentGridProps {
  readonly files: readonly CaseAttachment[];
  readonly onView: (file: CaseAttachment) => void;
  readonly onRemove: (file: CaseAttachment) => void;
}

/** The case's files as tiles; on a phone one under the other. */
export function AttachmentGrid({ files, onView, onRemove }: AttachmentGridProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  return (
    <ul className={classes.grid} aria-label={t('attachments.title')}>
      {files.map((file) => (
        <li key={file.id} className={classes.tile}>
          <div className={classes.picture}>
            <Thumbnail file={file} />
          </div>
          <div className={classes.words}>
            <p className={classes.name} dir="auto">
              {file.name}
            </p>
            <p className={classes.quiet}>
              {t(`attachments.kindOf.${file.kind}`)}, {formatFileSize(file.size, language)}
            </p>
            <p className={classes.quiet}>
              <ExactTime value={file.addedAt} language={language} />
            </p>
            <Origin file={file} />
            <ScanMark scan={file.scan} />
            <PreviewMark file={file} />
          </div>
          <AttachmentActions file={file} onView={() => onView(file)} onRemove={() => onRemove(file)} />
        </li>
      ))}
    </ul>
  );
}
