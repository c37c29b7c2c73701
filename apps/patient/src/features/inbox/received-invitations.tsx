import { answerOf, api, problemOf, problemWords, queryKeys, useLanguage, useWords } from '@casetalk/portal';
import type { ReceivedInvitation } from '@casetalk/contract';
import { ConfirmDialog, formatDateTime, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './received-invitations.module.css';

/** Further invitations of a patient who has an account: accepted or declined, nothing is typed again. */
export function ReceivedInvitations() {
  const patient = usePatientWords();
  const { data } = useQuery({
    queryKey: queryKeys.receivedInvitations,
    queryFn: ({ signal }) => answerOf(api.listReceivedInvitations({}, { signal })),
  });
  const invitations = data?.data ?? [];
  if (invitations.length === 0) return null;
  return (
    <section className={classes.root} aria-labelledby="received">
      <h2 id="received" className={classes.title}>
        {patient('received.title', { count: invitations.length })}
      </h2>
      <ul className={classes.list}>
        {invitations.map((invitation) => (
          <Received key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function Received({ invitation }: { readonly invitation: ReceivedInvitation }) {
  const words = useWords();
  const patient = usePatientWords();
  const language = useLanguage();
  const announce = useAnnouncer();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const params = { invitationId: invitation.id };
  const clinician = invitation.clinicianName;

  const changed = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.receivedInvitations }),
      client.invalidateQueries({ queryKey: queryKeys.talks }),
    ]);
  const accept = useMutation({
    mutationFn: () => answerOf(api.acceptInvitation({ params })),
    onSuccess: async ({ talkId }) => {
      announce(patient('received.accepted'));
      void changed();
      await navigate(paths.talk(talkId));
    },
    onError: () => void changed(),
  });
  const decline = useMutation({
    mutationFn: () => answerOf(api.declineInvitation({ params })),
    onSuccess: () => {
      setAsking(false);
      announce(patient('received.declined'));
      document.getElementById('main')?.focus();
      return changed();
    },
  });

  return (
    <li className={classes.item}>
      <p className={classes.from}>{patient('received.from', { clinician })}</p>
      <p className={classes.detail}>
        {[invitation.clinicianJobTitle, invitation.practiceName].filter(Boolean).join(', ')}
      </p>
      <p className={classes.detail}>
        {patient('received.until', { time: formatDateTime(invitation.expiresAt, language) })}
      </p>
      {accept.error && (
        <p className={classes.problem} role="alert">
          {problemWords(words, problemOf(accept.error))}
        </p>
      )}
      <div className={classes.actions}>
        <SubmitButton
          type="button"
          busy={accept.isPending}
          busyLabel={patient('received.accepting')}
          aria-label={patient('received.acceptName', { clinician })}
          onClick={() => accept.mutate()}
        >
          {patient('received.accept')}
        </SubmitButton>
        <Button
          variant="default"
          aria-label={patient('received.declineName', { clinician })}
          onClick={() => setAsking(true)}
        >
          {patient('received.decline')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        title={patient('received.decline.title')}
        detail={patient('received.decline.text', { clinician })}
        confirmLabel={patient('received.decline.confirm')}
        cancelLabel={words('page.back')}
        dangerous
        busy={decline.isPending}
        busyLabel={patient('received.declining')}
        error={decline.error ? problemWords(words, problemOf(decline.error)) : undefined}
        onConfirm={() => decline.mutate()}
        onCancel={() => setAsking(false)}
      />
    </li>
  );
}
