import type { Database } from './database.ts';

/** The half minute between two codes has passed for a registration of this address. */
export async function passCoolDown(database: Database, email: string): Promise<void> {
  await database.rows(
    `update verifications set last_sent_at = last_sent_at - interval '31 seconds'
     from registrations, invitations
     where registrations.id = verifications.registration_id
       and invitations.id = registrations.invitation_id and invitations.email = $1`,
    [email],
  );
}

/** The quarter of an hour after too many wrong codes has passed. */
export async function passLock(database: Database, email: string): Promise<void> {
  await database.rows(`update invitations set code_locked_until = now() where email = $1`, [email]);
}

/** The invitation's seven days have passed. */
export async function passLife(database: Database, invitationId: string): Promise<void> {
  await database.rows(`update invitations set expires_at = now() - interval '1 minute' where id = $1`, [
    invitationId,
  ]);
}

/** The patient has done nothing for longer than a session lasts. */
export async function passIdleTime(database: Database, email: string): Promise<void> {
  await database.rows(
    `update sessions set last_seen_at = now() - interval '31 minutes'
     from patients where patients.id = sessions.patient_id and patients.email = $1`,
    [email],
  );
}

/** The five minutes have passed in which what somebody proved at sign-in still counts. */
export async function passFreshness(database: Database, email: string): Promise<void> {
  await database.rows(
    `update sessions set password_proved_at = now() - interval '6 minutes',
       factor_proved_at = now() - interval '6 minutes'
     where clinician_id in (select id from clinicians where email = $1)
        or patient_id in (select id from patients where email = $1)`,
    [email],
  );
}

/** The half minute has passed in which a clinician's authenticator app shows the code that was used last. */
export async function passAppCode(database: Database, email: string): Promise<void> {
  await database.rows(
    `update authenticators set last_step = last_step - 10
     from clinicians where clinicians.id = authenticators.clinician_id and clinicians.email = $1`,
    [email],
  );
}

/** A clinician who has never signed in: nothing beside the password is set up. */
export async function beforeFirstSignIn(database: Database, email: string): Promise<void> {
  for (const table of ['authenticators', 'passkeys', 'recovery_codes']) {
    await database.rows(
      `delete from ${table} where clinician_id = (select id from clinicians where email = $1)`,
      [email],
    );
  }
}

/** Days have passed since an invitation went out. */
export async function passDaysOfInvitation(database: Database, id: string, days: number): Promise<void> {
  await database.rows(
    `update invitations set created_at = created_at - make_interval(days => $2),
       sent_at = sent_at - make_interval(days => $2), expires_at = expires_at - make_interval(days => $2)
     where id = $1`,
    [id, days],
  );
}

/** Days have passed since what is unread in a talk was written, and its notice is due. */
export async function passDaysUnread(database: Database, talkId: string, days: number): Promise<void> {
  await database.rows(
    `update messages set created_at = created_at - make_interval(days => $2) where talk_id = $1`,
    [talkId, days],
  );
  await database.rows(
    `update talk_read_states set read_up_to = read_up_to - make_interval(days => $2) where talk_id = $1`,
    [talkId, days],
  );
  await database.rows(
    `update unread_tasks set unread_since = unread_since - make_interval(days => $2),
       due_at = due_at - make_interval(days => $2) where talk_id = $1`,
    [talkId, days],
  );
  await database.rows(
    `update talks set patient_notice_due_at = patient_notice_due_at - make_interval(days => $2),
       last_message_at = last_message_at - make_interval(days => $2) where id = $1`,
    [talkId, days],
  );
}

/** The two minutes have passed after which a patient is told of unread messages. */
export async function passNoticeDelay(database: Database, talkId: string): Promise<void> {
  await database.rows(`update talks set patient_notice_due_at = now() where id = $1`, [talkId]);
}
