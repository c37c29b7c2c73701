import { type Attachment, choiceOf, cleanedPictures } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { AudienceIcon, formatTime } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { shareButtonId, sharedTextId, type Sharing } from './use-share-file.ts';
import classes from './share-file.module.css';

export interface ShareFileProps {
  readonly file: Attachment;
  readonly sharing: Sharing;
  readonly caseId: string;
  /** How many people would see it. */
  readonly audienceSize: number;
  /** False where the button says what it does, to who never used it. */
  readonly explained: boolean;
}

/** Hidden details are taken out of pictures; a bitmap has no room for any. */
const goesWithoutDetails = ({ mediaType }: Attachment): boolean =>
  choiceOf(cleanedPictures, mediaType) !== undefined || mediaType === 'image/bmp';

/** What stands where the button was: when it was shared, the way there, and for ten seconds the way back. */
function Shared({ file, sharing, caseId }: Omit<ShareFileProps, 'audienceSize' | 'explained'>) {
  const t = useClinicianWords();
  const language = useLanguage();
  const phase = sharing.phaseOf(file.id);
  if (!file.share) return null;
  return (
    <span className={classes.row}>
      <span id={sharedTextId(file.id)} className={classes.shared} tabIndex={-1}>
        <AudienceIcon audience="case" />
        <Link to={`/cases/${caseId}/attachments`}>
          {t('talks.share.done', { at: formatTime(file.share.sharedAt, language) })}
        </Link>
      </span>
      {(phase === 'undoable' || phase === 'undoing') && (
        <Button
          size="sm"
          variant="default"
          aria-label={t('talks.share.undoNamed', { name: file.name })}
          aria-busy={phase === 'undoing' || undefined}
          onClick={() => {
            if (phase === 'undoable') void sharing.undo(file);
          }}
        >
          {t('talks.share.undo')}
        </Button>
      )}
    </span>
  );
}

/** "Share File" beside a file that the patient sent: one press, and the button is gone. */
export function ShareFile({ file, sharing, caseId, audienceSize, explained }: ShareFileProps) {
  const t = useClinicianWords();
  if (file.sentBy !== 'patient') return null;
  if (file.share) return <Shared file={file} sharing={sharing} caseId={caseId} />;
  if (file.scan === 'checking') return <span className={classes.quiet}>{t('talks.share.checking')}</span>;
  if (file.scan === 'infected' || !file.abilities.share) return null;

  const phase = sharing.phaseOf(file.id);
  return (
    <span className={classes.root}>
      <Button
        id={shareButtonId(file.id)}
        size="sm"
        variant="light"
        color="blue"
        leftSection={<AudienceIcon audience="case" />}
        aria-label={t('talks.share.buttonNamed', { name: file.name })}
        aria-busy={phase === 'sharing' || undefined}
        onClick={() => void sharing.share([file])}
      >
        {phase === 'sharing' ? t('talks.share.sharing') : t('talks.share.button')}
      </Button>
      <span className={classes.quiet}>{t('talks.share.with', { count: audienceSize })}</span>
      {!goesWithoutDetails(file) && <span className={classes.quiet}>{t('talks.share.asSent')}</span>}
      {(phase === 'failed' || phase === 'damaged') && (
        <span className={classes.failed} role="alert">
          {t(`talks.share.${phase}`, { name: file.name })}
        </span>
      )}
      {!explained && (
        <span className={classes.explain}>
          {t('talks.share.explain.text')}
          {goesWithoutDetails(file) && ` ${t('talks.share.explain.picture')}`}
        </span>
      )}
    </span>
  );
}
