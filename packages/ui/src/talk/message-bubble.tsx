import type { ReactNode } from 'react';
import classes from './message-bubble.module.css';

export interface MessageBubbleProps {
  /** For links and for the focus. */
  readonly id?: string;
  /** The reader's own words stand at the end of the line, the others' at its start. */
  readonly own: boolean;
  /** "You", "Dr Mei Chen". */
  readonly sender: string;
  /** "Doctor", "Patient". */
  readonly role?: string;
  readonly time: ReactNode;
  /** What was said, shown as it was typed; never as markup. */
  readonly text?: string;
  /** Under the text: files, each with its own actions. */
  readonly attachments?: ReactNode;
  /** "Sending..", "Delivered", "Not sent." */
  readonly state?: ReactNode;
  /** The state is a failure. */
  readonly failed?: boolean;
  /** "Try again", "Edit"; beside the state. */
  readonly actions?: ReactNode;
  /** A mark beside the sender: "New". */
  readonly mark?: ReactNode;
}

/** One message: whose it is shows by side and by name, never by colour alone. */
export const MessageBubble = ({
  id,
  own,
  sender,
  role,
  time,
  text = '',
  attachments,
  state,
  failed = false,
  actions,
  mark,
}: MessageBubbleProps) => (
  <li
    id={id}
    className={classes.root}
    data-own={own || undefined}
    data-failed={failed || undefined}
    tabIndex={id === undefined ? undefined : -1}
  >
    <p className={classes.head}>
      <span className={classes.sender}>{sender}</span>
      {role !== undefined && <span>{role}</span>}
      <span>{time}</span>
      {mark}
    </p>
    {(text !== '' || attachments !== undefined) && (
      <div className={classes.bubble}>
        {text !== '' && (
          <p className={classes.text} dir="auto">
            {text}
          </p>
        )}
        {attachments}
      </div>
    )}
    {(state !== undefined || actions !== undefined) && (
      <div className={classes.foot}>
        {state !== undefined && <span className={classes.state}>{state}</span>}
        {actions}
      </div>
    )}
  </li>
);
