import type { Attachment } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { AudienceIcon, formatFileSize } from '@casetalk/ui';
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import type { Sharing } from './use-share-file.ts';
import classes from './patient-files.module.css';

interface PatientFilesProps {
  /** What the patient sent, newest first. */
  readonly files: readonly Attachment[];
  readonly sharing: Sharing;
}

const mayShare = (file: Attachment): boolean =>
  file.share === null && file.abilities.share && file.scan !== 'checking' && file.scan !== 'infected';

/** The patient's files in one list, to select several and share them together. */
export function PatientFiles({ files, sharing }: PatientFilesProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [sending, setSending] = useState(false);
  const [missing, setMissing] = useState(false);
  const open = files.filter(mayShare);
  const chosen = open.filter((file) => selected.has(file.id));

  if (files.length === 0) return <p className={classes.quiet}>{t('invitations.panel.noFiles')}</p>;

  const toggle = (id: string, on: boolean): void => {
    setMissing(false);
    setSelected((before) => {
      const after = new Set(before);
      if (on) after.add(id);
      else after.delete(id);
      return after;
    });
  };

  const share = async (): Promise<void> => {
    if (sending) return;
    if (chosen.length === 0) return setMissing(true);
    setSending(true);
    await sharing.share(chosen);
    setSelected(new Set());
    setSending(false);
  };

  return (
    <div className={classes.root}>
      <ul className={classes.list}>
        {files.map((file) => (
          <li key={file.id} className={classes.row}>
            {open.length > 1 && mayShare(file) ? (
              <Checkbox
                label={file.name}
                description={formatFileSize(file.size, language)}
                aria-label={t('talks.share.select', { name: file.name })}
                checked={selected.has(file.id)}
                onChange={(event) => toggle(file.id, event.currentTarget.checked)}
              />
            ) : (
              <p className={classes.file}>
                <a href={`#file-${file.id}`}>{file.name}</a>
                <span className={classes.quiet}>
                  {formatFileSize(file.size, language)}
                  {file.share && ` · ${t('talks.share.sharedTag')}`}
                  {file.scan === 'checking' && ` · ${t('talks.share.checkingTag')}`}
                  {file.scan === 'infected' && ` · ${t('talks.share.blockedTag')}`}
                </span>
              </p>
            )}
          </li>
        ))}
      </ul>
      {open.length > 1 && (
        <>
          <Button
            size="sm"
            variant="light"
            color="blue"
            leftSection={<AudienceIcon audience="case" />}
            aria-busy={sending || undefined}
            onClick={() => void share()}
          >
            {sending
              ? t('talks.share.sharing')
              : chosen.length === 0
                ? t('talks.share.selectSeveral')
                : t('talks.share.selected', { count: chosen.length })}
          </Button>
          <p className={classes.quiet}>{t('talks.share.severalHint')}</p>
          {missing && (
            <p className={classes.missing} role="alert">
              {t('talks.share.noneSelected')}
            </p>
          )}
        </>
      )}
    </div>
  );
}
