import { useClinicianMe } from '@casetalk/portal';
import { caseResultsId } from '../features/cases/case-list-place.ts';
import { CaseListScreen } from '../features/cases/case-list-screen.tsx';
import { UnreadTasks } from '../features/tasks/unread-tasks.tsx';
import { useUnreadTotal } from '../features/cases/use-unread-total.ts';

export function CaseList() {
  const me = useClinicianMe();
  const unread = useUnreadTotal();
  return (
    <CaseListScreen
      mayCreate={me.abilities.createCase}
      titlePrefix={unread > 0 ? `(${unread}) ` : ''}
      before={<UnreadTasks after={caseResultsId} />}
    />
  );
}
