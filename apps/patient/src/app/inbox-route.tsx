import { useMediaQuery } from '@mantine/hooks';
import { useOutlet } from 'react-router';
import { ConversationList } from '../features/inbox/conversation-list.tsx';
import { NothingChosen } from '../features/inbox/nothing-chosen.tsx';
import { FrameHeader } from './frame-header.tsx';
import classes from './inbox-route.module.css';
import { EmergencyLine } from './emergency-line.tsx';
import { BeforeHeader, mainId } from './page-frame.tsx';

/** From this width on, list and conversation stand side by side; the same as in the style sheet. */
const twoPanes = '(min-width: 56.25em)';

/** The Secure Inbox: the conversations, and the one that was chosen. On a phone each has the screen for itself. */
export function InboxRoute() {
  const wide = useMediaQuery(twoPanes, true, { getInitialValueInEffect: false });
  const talk = useOutlet({ wide });
  return (
    <div className={classes.frame} data-talk={talk !== null || undefined}>
      <BeforeHeader />
      <FrameHeader />
      <EmergencyLine />
      <main id={mainId} className={classes.main} tabIndex={-1}>
        {(wide || talk === null) && (
          <div className={classes.list}>
            <ConversationList />
          </div>
        )}
        {(wide || talk !== null) && <div className={classes.talk}>{talk ?? <NothingChosen />}</div>}
      </main>
    </div>
  );
}
