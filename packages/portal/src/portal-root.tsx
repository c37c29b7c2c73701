import { CaseTalkProvider, type Density } from '@casetalk/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { createPortalQueryClient } from './queries/query-client.ts';
import { SessionProvider } from './session/session-provider.tsx';

export interface PortalRootProps {
  readonly density: Density;
  readonly children: ReactNode;
}

/** Everything that stands around a portal's routes: look, cache, session. Call `startLanguage` before drawing it. */
export function PortalRoot({ density, children }: PortalRootProps) {
  const [client] = useState(createPortalQueryClient);
  return (
    <CaseTalkProvider density={density}>
      <QueryClientProvider client={client}>
        <SessionProvider>{children}</SessionProvider>
      </QueryClientProvider>
    </CaseTalkProvider>
  );
}
