import type { MyTalkState } from '@casetalk/contract';
import { Icon, type IconDrawing } from '@casetalk/ui';
import {
  IconAlertTriangle,
  IconCircleDashed,
  IconLock,
  IconMailForward,
  IconMessageOff,
} from '@tabler/icons-react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './talk-state-tag.module.css';

const drawings: Readonly<Record<MyTalkState, IconDrawing>> = {
  notInvited: IconCircleDashed,
  invited: IconMailForward,
  needsAttention: IconAlertTriangle,
  active: IconLock,
  ended: IconMessageOff,
};

/** Where the clinician's own talk with the patient stands, by icon and words. */
export function TalkStateTag({ state }: { readonly state: MyTalkState }) {
  const t = useClinicianWords();
  return (
    <span className={classes.root} data-state={state}>
      <Icon of={drawings[state]} size="sm" />
      {t(`cases.talkOf.${state}`)}
    </span>
  );
}
