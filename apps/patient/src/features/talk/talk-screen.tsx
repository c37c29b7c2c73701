import { LoadingPage, problemOf, talkQuery, TryAgain } from '@casetalk/portal';
import { useQuery } from '@tanstack/react-query';
import { useOutletContext, useParams } from 'react-router';
import { useShowPractice } from '../../app/shown-practice.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { OpenTalk } from './open-talk.tsx';
import { TalkGone } from './talk-gone.tsx';
import classes from './talk-screen.module.css';

/** One conversation of the inbox, at its own address. */
export function TalkScreen() {
  const patient = usePatientWords();
  const { talkId = '' } = useParams();
  const { wide } = useOutletContext<{ readonly wide: boolean }>();
  const { data: talk, error, refetch } = useQuery(talkQuery(talkId));
  useShowPractice(talk && { name: talk.clinician.practiceName, phone: talk.clinician.practicePhone });

  if (talk) return <OpenTalk key={talk.id} talk={talk} wide={wide} />;
  if (error) {
    const gone = ['not-found', 'invalid-request'].includes(problemOf(error).code);
    return (
      <div className={classes.aside}>
        {gone ? (
          <TalkGone wide={wide} />
        ) : (
          <TryAgain title={patient('talk.failed')} error={error} onRetry={() => void refetch()} />
        )}
      </div>
    );
  }
  return (
    <div className={classes.aside}>
      <LoadingPage />
    </div>
  );
}
