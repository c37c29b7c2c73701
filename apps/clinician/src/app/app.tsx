import { PortalRoot } from '@casetalk/portal';
import { useState } from 'react';
import { RouterProvider } from 'react-router';
import { createClinicianRouter } from './router.tsx';

/** The clinician portal. */
export function App() {
  const [router] = useState(createClinicianRouter);
  return (
    <PortalRoot density="clinician">
      <RouterProvider router={router} />
    </PortalRoot>
  );
}
