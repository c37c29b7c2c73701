import type { Draft } from '@casetalk/contract';
import { StatusStrip, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconDevices } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useWords } from '../language/use-words.ts';

export interface NewerDraftProps {
  readonly draft: Draft;
  readonly onUse: () => void;
  readonly onKeep: () => void;
}

/** Enough to know it again, without pushing the words here off a small screen. */
const shownLength = 80;

/** Another device has written while there were other words here: one of the two is chosen, neither is lost unasked. */
export function NewerDraft({ draft, onUse, onKeep }: NewerDraftProps) {
  const words = useWords();
  const announce = useAnnouncer();
  const title = words('draft.newer');
  useEffect(() => announce(title), [announce, title]);
  const { text } = draft;
  return (
    <StatusStrip
      tone="info"
      icon={IconDevices}
      title={title}
      detail={
        <span dir="auto">
          “{text.length > shownLength ? `${text.slice(0, shownLength).trimEnd()}…` : text}”
        </span>
      }
      actions={
        <>
          <Button size="sm" variant="default" onClick={onUse}>
            {words('draft.newer.use')}
          </Button>
          <Button size="sm" variant="default" onClick={onKeep}>
            {words('draft.newer.keep')}
          </Button>
        </>
      }
    />
  );
}
