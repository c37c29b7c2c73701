import { LanguagePicker, useWords } from '@casetalk/portal';
import { OfflineBar, PatientLayout, SkipLink } from '@casetalk/ui';
import type { ReactNode } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { usePatientWords } from '../language/use-patient-words.ts';
import { FrameHeader } from './frame-header.tsx';
import classes from './page-frame.module.css';
import { paths } from './paths.ts';

export const mainId = 'main';

/** Above every page: the way past the header, and what to know without a connection. */
export function BeforeHeader() {
  const words = useWords();
  return (
    <>
      <SkipLink label={words('page.skip')} target={mainId} />
      <OfflineBar message={words('page.offline')} backMessage={words('page.online')} />
    </>
  );
}

/** One column under the practice's name and telephone; language and terms at the foot. */
export function PageFrame({ children }: { readonly children: ReactNode }) {
  const patient = usePatientWords();
  const { pathname } = useLocation();
  return (
    <PatientLayout
      before={<BeforeHeader />}
      header={<FrameHeader />}
      mainId={mainId}
      footer={
        <div className={classes.footer}>
          <LanguagePicker />
          {pathname !== paths.terms && <Link to={paths.terms}>{patient('footer.terms')}</Link>}
        </div>
      }
    >
      {children}
    </PatientLayout>
  );
}

/** The frame as a layout route. */
export function PageFrameRoute() {
  return (
    <PageFrame>
      <Outlet />
    </PageFrame>
  );
}
