import { Reauthentication, useClinicianMe } from '@casetalk/portal';
import type { ReactNode } from 'react';
import { EmergencyFormScreen } from '../features/emergency-access/emergency-form-screen.tsx';
import { EmergencyListScreen } from '../features/emergency-access/emergency-list-screen.tsx';
import { EmergencyReadingScreen } from '../features/emergency-access/emergency-reading-screen.tsx';
import { NotFound } from './not-found.tsx';

/** For administrators alone; for everyone else there is nothing here. */
function ForAdministrators({ children }: { readonly children: ReactNode }) {
  const me = useClinicianMe();
  return me.role === 'administrator' ? children : <NotFound />;
}

export const EmergencyAccess = () => (
  <ForAdministrators>
    <EmergencyListScreen />
  </ForAdministrators>
);

export const NewEmergencyAccess = () => (
  <ForAdministrators>
    <Reauthentication>
      <EmergencyFormScreen />
    </Reauthentication>
  </ForAdministrators>
);

export const OpenEmergencyAccess = () => (
  <ForAdministrators>
    <EmergencyReadingScreen notFound={<NotFound />} />
  </ForAdministrators>
);
