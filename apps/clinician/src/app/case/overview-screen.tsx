import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { CaseDetails } from '../../features/cases/case-details.tsx';
import { MemberList } from '../../features/members/member-list.tsx';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { useCaseContext } from './case-context.ts';
import classes from './overview-screen.module.css';
import { TabHeading } from './tab-heading.tsx';

/** Overview: what the case is about and who works on it. */
export function OverviewScreen() {
  const t = useClinicianWords();
  const { found } = useCaseContext();
  const navigate = useNavigate();
  const { hash } = useLocation();

  useEffect(() => {
    if (hash === '#members') document.getElementById('members')?.scrollIntoView({ block: 'start' });
  }, [hash]);

  return (
    <>
      <TabHeading>{t('cases.tabs.overview')}</TabHeading>
      <div className={classes.columns}>
        <CaseDetails found={found} />
        <MemberList
          caseId={found.id}
          mayManage={found.abilities.manageMembers}
          onLeft={() => void navigate('/cases', { replace: true })}
        />
      </div>
    </>
  );
}
