import type { NoticeChannel, QuietHours } from '@casetalk/contract';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx, Viewer } from '../../db/database.ts';
import { noticeChoices, patients } from '../../db/schema/index.ts';

const ofPerson = ({ kind, id }: Viewer) =>
  and(eq(noticeChoices.personKind, kind), eq(noticeChoices.personId, id));

/** Runs inside `db.as(person)`. */
export const noticeChoicesRepository = {
  async find(tx: Tx, person: Viewer) {
    const [row] = await tx.select().from(noticeChoices).where(ofPerson(person));
    return row;
  },

  /** Of the number that a patient proved; a clinician's was given by the practice and proved by nobody. */
  async phoneKind(tx: Tx, { kind, id }: Viewer): Promise<'mobile' | 'landline' | null> {
    if (kind === 'clinician') return null;
    const [row] = await tx
      .select({ phoneKind: patients.phoneKind })
      .from(patients)
      .where(eq(patients.id, id));
    return row?.phoneKind ?? null;
  },

  /** Whether PostgreSQL, which will compute with it, knows the zone. */
  async knowsZone(tx: Tx, zone: string): Promise<boolean> {
    const { rows } = await tx.execute(sql`select from pg_timezone_names where name = ${zone}`);
    return rows.length > 0;
  },

  async keep(
    tx: Tx,
    { kind, id }: Viewer,
    { channel, quietHours }: { channel: NoticeChannel; quietHours: QuietHours | null },
  ): Promise<void> {
    const values = {
      channel,
      quietFrom: quietHours?.from ?? null,
      quietTo: quietHours?.to ?? null,
      timeZone: quietHours?.timeZone ?? null,
      changedAt: sql`now()`,
    };
    await tx
      .insert(noticeChoices)
      .values({ personKind: kind, personId: id, ...values })
      .onConflictDoUpdate({ target: [noticeChoices.personKind, noticeChoices.personId], set: values });
  },

  /** Changes how somebody is told, and leaves the hours as they are. */
  async keepChannel(tx: Tx, { kind, id }: Viewer, channel: NoticeChannel): Promise<void> {
    const values = { channel, changedAt: sql`now()` };
    await tx
      .insert(noticeChoices)
      .values({ personKind: kind, personId: id, ...values })
      .onConflictDoUpdate({ target: [noticeChoices.personKind, noticeChoices.personId], set: values });
  },
};
