import { IconWifiOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useAnnouncer } from '../announcer/announcer.tsx';
import { Icon } from '../icon/icon.tsx';
import classes from './offline-bar.module.css';
import { useOnline } from './use-online.ts';

export interface OfflineBarProps {
  /** "You are offline. Your message is saved on this device." */
  readonly message: string;
  /** "You are online again.", said once the connection is back. */
  readonly backMessage: string;
}

/** A bar across the page while there is no connection; both turns are announced. */
export const OfflineBar = ({ message, backMessage }: OfflineBarProps) => {
  const online = useOnline();
  const announce = useAnnouncer();
  const before = useRef(true);

  useEffect(() => {
    if (before.current === online) return;
    before.current = online;
    announce(online ? backMessage : message);
  }, [announce, backMessage, message, online]);

  if (online) return null;
  return (
    <section className={classes.root} aria-label={message}>
      <Icon of={IconWifiOff} />
      <p>{message}</p>
    </section>
  );
};
