import { and, desc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Place } from '../../db/cursor.ts';
import { actAs, type Tx, type Viewer } from '../../db/database.ts';
import { instantText } from '../../db/instant-text.ts';
import type { OpenedTo } from './live-grant.ts';
import { breakGlassGrants, cases, clinicians, practices, talks } from '../../db/schema/index.ts';

/** A grant with the names that it is told with. */
export interface GrantRow {
  readonly id: string;
  readonly caseId: string;
  readonly talkId: string;
  readonly administratorId: string;
  readonly administratorName: string;
  readonly administratorJobTitle: string;
  readonly practiceName: string;
  readonly clinicianId: string;
  readonly clinicianName: string;
  readonly patientName: string;
  readonly reason: string;
  /** RFC 3339 with six decimals. */
  readonly startedAt: string;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly live: boolean;
}

export interface NewGrant {
  readonly id: string;
  readonly administratorId: string;
  readonly practiceId: string;
  readonly talkId: string;
  readonly caseId: string;
  readonly clinicianId: string;
  readonly reason: string;
  readonly minutes: number;
}

const administrator = alias(clinicians, 'administrator');
const ender = alias(clinicians, 'ender');

const isLive = sql<boolean>`(${breakGlassGrants.endedAt} is null and ${breakGlassGrants.expiresAt} > now())`;

const select = (tx: Tx) =>
  tx
    .select({
      id: breakGlassGrants.id,
      caseId: breakGlassGrants.caseId,
      talkId: breakGlassGrants.talkId,
      administratorId: breakGlassGrants.administratorId,
      administratorName: administrator.name,
      administratorJobTitle: administrator.jobTitle,
      practiceName: practices.name,
      clinicianId: breakGlassGrants.clinicianId,
      clinicianName: clinicians.name,
      // Patients read their own name; everyone else the one in the case's record.
      patientName: sql<string>`coalesce((select p.name from patients p where p.id = app_viewer()), ${cases.patientName})`,
      reason: breakGlassGrants.reason,
      startedAt: instantText(breakGlassGrants.startedAt),
      expiresAt: breakGlassGrants.expiresAt,
      endedAt: breakGlassGrants.endedAt,
      endedBy: ender.name,
      live: isLive,
    })
    .from(breakGlassGrants)
    .innerJoin(administrator, eq(administrator.id, breakGlassGrants.administratorId))
    .innerJoin(practices, eq(practices.id, breakGlassGrants.practiceId))
    .innerJoin(clinicians, eq(clinicians.id, breakGlassGrants.clinicianId))
    .innerJoin(cases, eq(cases.id, breakGlassGrants.caseId))
    .leftJoin(ender, eq(ender.id, breakGlassGrants.endedBy));

const page = (
  rows: ReturnType<typeof select>,
  condition: SQL | undefined,
  after: Place | undefined,
  limit: number,
) =>
  rows
    .where(
      and(
        condition,
        after &&
          sql`(${breakGlassGrants.startedAt}, ${breakGlassGrants.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(sql`${breakGlassGrants.startedAt} desc nulls last`, sql`${breakGlassGrants.id} desc nulls last`)
    .limit(limit);

/** An administrator of the grant's practice: her own grants, and those of colleagues while they are live. */
const knownTo = (actor: { readonly id: string; readonly practiceId: string }): SQL | undefined =>
  and(
    eq(breakGlassGrants.practiceId, actor.practiceId),
    or(eq(breakGlassGrants.administratorId, actor.id), isLive),
  );

/** To whom a talk of the viewer's is open in an emergency; the same as the column `openedTo` of hand-written statements. */
export async function administratorsReading(tx: Tx, talkId: string): Promise<OpenedTo[]> {
  const rows = await tx
    .select({ id: administrator.id, name: administrator.name, until: breakGlassGrants.expiresAt })
    .from(breakGlassGrants)
    .innerJoin(
      administrator,
      and(
        eq(administrator.id, breakGlassGrants.administratorId),
        eq(administrator.practiceId, breakGlassGrants.practiceId),
        eq(administrator.role, 'administrator'),
        isNull(administrator.disabledAt),
      ),
    )
    .where(and(eq(breakGlassGrants.talkId, talkId), isLive))
    .orderBy(breakGlassGrants.expiresAt);
  return rows.map(({ id, name, until }) => ({ id, name, until: until.toISOString() }));
}

export const breakGlassRepository = {
  /**
   * The talk of a clinician of this practice on a case, looked up as that clinician; the transaction acts for the
   * administrator again afterwards.
   */
  async talkOf(
    tx: Tx,
    actor: { readonly id: string; readonly practiceId: string },
    caseId: string,
    clinicianId: string,
  ): Promise<{ id: string; patientId: string | null } | undefined> {
    await actAs(tx, { kind: 'clinician', id: clinicianId });
    const [talk] = await tx
      .select({ id: talks.id, patientId: talks.patientId })
      .from(talks)
      .innerJoin(clinicians, eq(clinicians.id, talks.clinicianId))
      .where(
        and(
          eq(talks.caseId, caseId),
          eq(talks.clinicianId, clinicianId),
          eq(clinicians.practiceId, actor.practiceId),
        ),
      );
    await actAs(tx, { kind: 'breakGlass', id: actor.id });
    return talk;
  },

  async add(tx: Tx, { minutes, ...grant }: NewGrant): Promise<void> {
    await tx
      .insert(breakGlassGrants)
      .values({ ...grant, expiresAt: sql`now() + ${minutes} * interval '1 minute'` });
  },

  /** @returns undefined for a grant that is missing or that this administrator may not know of */
  async byId(
    tx: Tx,
    actor: { readonly id: string; readonly practiceId: string },
    id: string,
  ): Promise<GrantRow | undefined> {
    const [row] = await select(tx).where(and(eq(breakGlassGrants.id, id), knownTo(actor)));
    return row;
  },

  list: (
    tx: Tx,
    actor: { readonly id: string; readonly practiceId: string },
    after: Place | undefined,
    limit: number,
  ): Promise<GrantRow[]> => page(select(tx), knownTo(actor), after, limit),

  /** The grants that concern a talk of the viewer's. @returns undefined when the viewer does not see the talk */
  async ofTalk(
    tx: Tx,
    viewer: Viewer,
    talkId: string,
    after: Place | undefined,
    limit: number,
  ): Promise<{ caseId: string; rows: GrantRow[] } | undefined> {
    const [talk] = await tx
      .select({ caseId: talks.caseId })
      .from(talks)
      .where(
        and(
          eq(talks.id, talkId),
          viewer.kind === 'clinician'
            ? and(eq(talks.clinicianId, viewer.id), sql`app_sees_case(${talks.caseId})`)
            : eq(talks.patientId, viewer.id),
        ),
      );
    if (!talk) return undefined;
    return { ...talk, rows: await page(select(tx), eq(breakGlassGrants.talkId, talkId), after, limit) };
  },

  /** @returns false when it was over already */
  async end(
    tx: Tx,
    actor: { readonly id: string; readonly practiceId: string },
    id: string,
  ): Promise<boolean> {
    const ended = await tx
      .update(breakGlassGrants)
      .set({ endedAt: sql`now()`, endedBy: actor.id })
      .where(
        and(
          eq(breakGlassGrants.id, id),
          eq(breakGlassGrants.practiceId, actor.practiceId),
          isNull(breakGlassGrants.endedAt),
          gt(breakGlassGrants.expiresAt, sql`now()`),
        ),
      )
      .returning({ id: breakGlassGrants.id });
    return ended.length > 0;
  },

  /** Who is told when a grant begins or ends: the talk's two people, and the practice's administrators. */
  async audience(
    tx: Tx,
    grant: { readonly clinicianId: string; readonly talkId: string },
    practiceId: string,
  ): Promise<string[]> {
    const administrators = await tx
      .select({ id: clinicians.id })
      .from(clinicians)
      .where(and(eq(clinicians.practiceId, practiceId), eq(clinicians.role, 'administrator')))
      .orderBy(desc(clinicians.id));
    await actAs(tx, { kind: 'clinician', id: grant.clinicianId });
    const [talk] = await tx
      .select({ patientId: talks.patientId })
      .from(talks)
      .where(eq(talks.id, grant.talkId));
    return [
      grant.clinicianId,
      ...(talk?.patientId ? [talk.patientId] : []),
      ...administrators.map(({ id }) => id),
    ];
  },
};
