import { CrashPage } from '@casetalk/portal';
import { PageFrame } from './page-frame.tsx';

/** A screen broke: said inside the usual frame, with the practice's telephone. */
export function CrashScreen() {
  return (
    <PageFrame>
      <CrashPage />
    </PageFrame>
  );
}
