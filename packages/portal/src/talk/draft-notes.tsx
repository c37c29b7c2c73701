import { ConfirmDialog } from '@casetalk/ui';
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../language/use-words.ts';
import classes from './draft-notes.module.css';
import type { DraftState } from './draft-keeper.ts';

export interface DraftNotesProps {
  readonly phase: DraftState['phase'];
  /** Files wait to be sent; they are kept without words as well. */
  readonly hasFiles: boolean;
  readonly onDiscard: () => void;
}

/** That what is begun is kept, and the way to throw it away. */
export function DraftNotes({ phase, hasFiles, onDiscard }: DraftNotesProps) {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const isSaved = phase === 'saved' || (phase === 'empty' && hasFiles);
  const sentence = phase === 'unsaved' ? words('draft.unsaved') : isSaved ? words('draft.saved') : '';
  if (phase === 'empty' && !hasFiles) return null;
  return (
    <span className={classes.root}>
      {sentence !== '' && <span>{sentence}</span>}
      <UnstyledButton type="button" className={classes.discard} onClick={() => setAsking(true)}>
        {words('draft.discard')}
      </UnstyledButton>
      <ConfirmDialog
        opened={asking}
        title={words('draft.discard.title')}
        detail={words(hasFiles ? 'draft.discard.withFiles' : 'draft.discard.detail')}
        confirmLabel={words('draft.discard')}
        cancelLabel={words('draft.discard.keep')}
        dangerous
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          onDiscard();
        }}
      />
    </span>
  );
}
