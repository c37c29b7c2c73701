import { api, problemWords, useWords } from '@casetalk/portal';
import { ConfirmDialog } from '@casetalk/ui';
import { useState } from 'react';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './invitation.module.css';

export interface NotMeProps {
  readonly token: string;
  readonly onReported: () => void;
}

/** "I am not this person": asked once, then the invitation ends and the practice knows. */
export function NotMe({ token, onReported }: NotMeProps) {
  const words = useWords();
  const patient = usePatientWords();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const report = async () => {
    setBusy(true);
    const result = await api.reportInvitationLink({ body: { token } });
    setBusy(false);
    if (result.ok || result.problem.code === 'link-unusable') onReported();
    else setProblem(problemWords(words, result.problem));
  };

  return (
    <>
      <button type="button" className={classes.link} onClick={() => setAsking(true)}>
        {patient('link.notMe')}
      </button>
      <ConfirmDialog
        opened={asking}
        title={patient('link.notMe.title')}
        detail={patient('link.notMe.text')}
        confirmLabel={patient('link.notMe.confirm')}
        cancelLabel={words('page.cancel')}
        dangerous
        busy={busy}
        busyLabel={patient('link.notMe.busy')}
        error={problem}
        onConfirm={() => void report()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
