import { limits } from '@casetalk/contract';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { cases, clinicians, noticeChoices, talks, unreadTasks } from '../../db/schema/index.ts';
import { isStillUnread } from './tasks.repository.ts';

/** A notice is due so many minutes after the first unread message. */
const noticeDelay = sql`interval '2 minutes'`;
const taskAfter = sql`make_interval(days => ${limits.unreadTaskDays})`;

/** Runs as casetalk_jobs, which knows that something is unread, and since when. */
export const unreadWatchRepository = {
  /**
   * Notes since when the reader of each talk whose notice is due has not read. What is noted already stays, unless that
   * was read, or marked as done: then a new task begins.
   */
  async watch(tx: Tx): Promise<void> {
    for (const side of ['clinician', 'patient'] as const) {
      const dueAt = side === 'clinician' ? talks.clinicianNoticeDueAt : talks.patientNoticeDueAt;
      const unread = side === 'clinician' ? talks.clinicianUnread : talks.patientUnread;
      await tx.execute(sql`
        insert into ${unreadTasks} as old (id, talk_id, case_id, clinician_id, reader, unread_since, due_at)
        select gen_random_uuid(), ${talks.id}, ${talks.caseId}, ${talks.clinicianId}, ${side},
          ${dueAt} - ${noticeDelay}, ${dueAt} - ${noticeDelay} + ${taskAfter}
        from ${talks}
        where ${dueAt} <= now() and ${unread} > 0 and ${talks.patientId} is not null
        on conflict (talk_id, reader) do update
          set id = excluded.id, unread_since = excluded.unread_since, due_at = excluded.due_at,
            mailed_at = null, done_at = null
          where excluded.unread_since > old.unread_since and (old.done_at is not null
            or exists (select from talk_read_states r where r.talk_id = old.talk_id and r.reader = old.reader
              and r.read_up_to >= old.unread_since))`);
    }
  },

  /** Takes every task whose mail is due, each exactly once however many workers there are. */
  takeDue: (tx: Tx) =>
    tx
      .update(unreadTasks)
      .set({ mailedAt: sql`now()` })
      .from(talks)
      .innerJoin(cases, eq(cases.id, talks.caseId))
      .where(
        and(
          eq(talks.id, unreadTasks.talkId),
          eq(cases.status, 'open'),
          isNull(unreadTasks.mailedAt),
          isNull(unreadTasks.doneAt),
          sql`${unreadTasks.dueAt} <= now()`,
          isStillUnread,
          sql`not app_is_quiet('clinician', ${unreadTasks.clinicianId})`,
        ),
      )
      .returning({ taskId: unreadTasks.id, clinicianId: unreadTasks.clinicianId }),

  /** Whom to tell of a task, unless it was done or read in the meantime, or she wants no mail. */
  async taskToTell(tx: Tx, id: string) {
    const [row] = await tx
      .select({
        reader: unreadTasks.reader,
        caseId: unreadTasks.caseId,
        clinicianId: unreadTasks.clinicianId,
        email: clinicians.email,
      })
      .from(unreadTasks)
      .innerJoin(talks, eq(talks.id, unreadTasks.talkId))
      .innerJoin(clinicians, and(eq(clinicians.id, unreadTasks.clinicianId), isNull(clinicians.disabledAt)))
      .where(
        and(
          eq(unreadTasks.id, id),
          isNull(unreadTasks.doneAt),
          isStillUnread,
          sql`not exists (select from ${noticeChoices} n where n.person_kind = 'clinician'
            and n.person_id = ${unreadTasks.clinicianId} and n.channel = 'none')`,
        ),
      );
    return row;
  },
};
