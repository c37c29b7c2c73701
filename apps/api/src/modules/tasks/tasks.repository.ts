import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { cases, talkReadStates, talks, unreadTasks } from '../../db/schema/index.ts';

/** Read by now: nothing is unread on that side, or what the task is about has been read. */
export const isStillUnread = sql`
  case ${unreadTasks.reader} when 'patient' then ${talks.patientUnread} else ${talks.clinicianUnread} end > 0
  and not exists (select from ${talkReadStates} r
    where r.talk_id = ${unreadTasks.talkId} and r.reader = ${unreadTasks.reader}
      and r.read_up_to >= ${unreadTasks.unreadSince})`;

const isOpen = and(isNull(unreadTasks.doneAt), sql`${unreadTasks.dueAt} <= now()`);

const open = (tx: Tx, clinicianId: string) =>
  tx
    .select({
      id: unreadTasks.id,
      reader: unreadTasks.reader,
      caseId: unreadTasks.caseId,
      talkId: unreadTasks.talkId,
      patientName: cases.patientName,
      unreadSince: unreadTasks.unreadSince,
    })
    .from(unreadTasks)
    .innerJoin(talks, eq(talks.id, unreadTasks.talkId))
    .innerJoin(cases, and(eq(cases.id, unreadTasks.caseId), eq(cases.status, 'open')))
    .where(
      and(
        eq(unreadTasks.clinicianId, clinicianId),
        isOpen,
        isStillUnread,
        sql`app_sees_case(${unreadTasks.caseId})`,
      ),
    )
    .orderBy(asc(unreadTasks.unreadSince), asc(unreadTasks.id))
    .limit(100);

export type TaskRow = Awaited<ReturnType<typeof open>>[number];

/** Reads and writes run inside `db.as(clinician)`. */
export const taskRepository = {
  listOpen: open,

  /** @returns what the task was about; undefined when it is none of the clinician's open ones */
  async finish(tx: Tx, clinicianId: string, id: string) {
    const [done] = await tx
      .update(unreadTasks)
      .set({ doneAt: sql`now()` })
      .where(
        and(
          eq(unreadTasks.id, id),
          isOpen,
          inArray(
            unreadTasks.caseId,
            tx.select({ id: cases.id }).from(cases).where(sql`app_sees_case(${cases.id})`),
          ),
          eq(unreadTasks.clinicianId, clinicianId),
        ),
      )
      .returning({ caseId: unreadTasks.caseId, talkId: unreadTasks.talkId });
    return done;
  },
};
