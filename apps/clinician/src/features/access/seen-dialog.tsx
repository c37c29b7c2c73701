import { AccessLog, useWords } from '@casetalk/portal';
import { Dialog } from '@casetalk/ui';
import classes from './seen-dialog.module.css';

interface SeenDialogProps {
  readonly opened: boolean;
  readonly talkId: string;
  readonly onClose: () => void;
}

/** Who has seen this clinician's talk, beside the talk. */
export function SeenDialog({ opened, talkId, onClose }: SeenDialogProps) {
  const words = useWords();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={words('access.title')}
      closeLabel={words('page.close')}
      size="side"
    >
      <div className={classes.root}>
        <p className={classes.lead}>{words('access.lead')}</p>
        <AccessLog talkId={talkId} level={3} />
      </div>
    </Dialog>
  );
}
