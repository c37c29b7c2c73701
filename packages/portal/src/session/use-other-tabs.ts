import { useCallback, useEffect, useRef } from 'react';

/** `left`: the person signed out on purpose; `changed`: the session is another one. */
export type TabMessage = 'left' | 'changed';

const channelName = 'casetalk-session';

/** Hears from this portal's other tabs, and gives the function that tells them. */
export function useOtherTabs(hear: (message: TabMessage) => void): (message: TabMessage) => void {
  const channel = useRef<BroadcastChannel | null>(null);

  useEffect(() => {
    const opened = new BroadcastChannel(channelName);
    opened.addEventListener('message', (event: MessageEvent<TabMessage>) => hear(event.data));
    channel.current = opened;
    return () => opened.close();
  }, [hear]);

  return useCallback((message) => channel.current?.postMessage(message), []);
}
