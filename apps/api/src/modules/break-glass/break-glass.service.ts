import type { BodyOf, BreakGlassGrant, endpoints } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { Database, GrantHolder, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { once } from '../../db/once.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { Idempotency } from '../../plugins/contract-routes.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import type { EventHub } from '../events/index.ts';
import { mayBreakGlass } from './break-glass.policy.ts';
import { presentGrant } from './break-glass.presenter.ts';
import { breakGlassRepository, type GrantRow } from './break-glass.repository.ts';

export interface BreakGlassNeeds {
  readonly db: Database;
  readonly events: Pick<EventHub, 'publish'>;
  readonly jobs: JobQueue;
  /** Throws `reauthentication-needed` unless the person proved a moment ago who they are. */
  readonly requireFresh: (person: ClinicianActor) => Promise<void>;
}

type StartBody = BodyOf<typeof endpoints.startBreakGlass>;

const asHolder = (actor: ClinicianActor) => ({ kind: 'breakGlass' as const, id: actor.id });

export function createBreakGlassService({ db, events, jobs, requireFresh }: BreakGlassNeeds) {
  /** Writes the grant, the record of it and the mails, all or none. @returns the id of the grant */
  async function grant(
    tx: Tx,
    actor: ClinicianActor,
    origin: Origin,
    { caseId, clinicianId, reason, minutes }: StartBody,
  ): Promise<string> {
    const talk = await breakGlassRepository.talkOf(tx, actor, caseId, clinicianId);
    if (!talk) throw notFound();
    const id = newId();
    const about = { caseId, clinicianId, talkId: talk.id };
    await breakGlassRepository.add(tx, {
      id,
      ...about,
      administratorId: actor.id,
      practiceId: actor.practiceId,
      reason,
      minutes,
    });
    await recordAudit(tx, actor, origin, {
      action: 'breakGlass.started',
      resourceType: 'breakGlassGrant',
      resourceId: id,
      caseId,
      talkId: talk.id,
      grantId: id,
    });
    await jobs.enqueue(tx, 'breakGlass.mail', { grantId: id, reader: 'clinician' });
    if (talk.patientId) await jobs.enqueue(tx, 'breakGlass.mail', { grantId: id, reader: 'patient' });
    return id;
  }

  /** @throws ProblemError `not-found` for everyone but administrators, and for grants that are none of theirs */
  async function require(tx: Tx, actor: ClinicianActor, grantId: string): Promise<GrantRow> {
    const row = mayBreakGlass(actor) ? await breakGlassRepository.byId(tx, actor, grantId) : undefined;
    if (!row) throw notFound();
    return row;
  }

  const show = (row: GrantRow, actor: ClinicianActor): BreakGlassGrant =>
    presentGrant(row, actor, row.live && row.administratorId === actor.id);

  function tell(people: readonly string[], { id, talkId, caseId }: GrantRow): void {
    events.publish(people, { type: 'breakGlass.changed', grantId: id, talkId, caseId });
  }

  return {
    /**
     * Opens the talk of a clinician of the own practice, to read, until it expires. That there is no such case, no such
     * clinician or no such talk is one answer, and recorded.
     * @throws ProblemError `not-found`, `reauthentication-needed`
     */
    async start(
      actor: ClinicianActor,
      origin: Origin,
      idempotency: Idempotency,
      body: StartBody,
    ): Promise<BreakGlassGrant> {
      if (!mayBreakGlass(actor)) throw notFound();
      await requireFresh(actor);
      try {
        const { row, people } = await db.as(asHolder(actor), async (tx) => {
          const { resourceId, repeated } = await once(tx, actor.id, idempotency, () =>
            grant(tx, actor, origin, body),
          );
          const row = await require(tx, actor, resourceId);
          return {
            row,
            people: repeated ? [] : await breakGlassRepository.audience(tx, row, actor.practiceId),
          };
        });
        tell(people, row);
        return show(row, actor);
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'not-found')
          await recordRefusal(actor, origin, body);
        throw error;
      }
    },

    get: (actor: ClinicianActor, grantId: string): Promise<BreakGlassGrant> =>
      db.as(asHolder(actor), async (tx) => show(await require(tx, actor, grantId), actor)),

    /** @throws ProblemError `state-conflict` when it is over already */
    async end(actor: ClinicianActor, origin: Origin, grantId: string): Promise<void> {
      const { row, people } = await db.as(asHolder(actor), async (tx) => {
        const row = await require(tx, actor, grantId);
        if (!(await breakGlassRepository.end(tx, actor, grantId))) throw new ProblemError('state-conflict');
        await recordAudit(tx, actor, origin, {
          action: 'breakGlass.ended',
          resourceType: 'breakGlassGrant',
          resourceId: grantId,
          caseId: row.caseId,
          talkId: row.talkId,
          grantId,
        });
        return { row, people: await breakGlassRepository.audience(tx, row, actor.practiceId) };
      });
      tell(people, row);
    },

    /**
     * What a live grant of the actor's own opens, and to whom.
     * @throws ProblemError `not-found` for a grant that is not live or not the actor's
     */
    opened: (actor: ClinicianActor, grantId: string): Promise<{ holder: GrantHolder; talkId: string }> =>
      db.as(asHolder(actor), async (tx) => {
        const row = await require(tx, actor, grantId);
        if (!row.live || row.administratorId !== actor.id) throw notFound();
        return { holder: { ...asHolder(actor), grantId }, talkId: row.talkId };
      }),

    /** Whether the grant opens its talk at this moment. */
    isLive: (actor: ClinicianActor, grantId: string): Promise<boolean> =>
      db.as(asHolder(actor), async (tx) => {
        const row = await breakGlassRepository.byId(tx, actor, grantId);
        return row?.live === true && row.administratorId === actor.id;
      }),
  };

  async function recordRefusal(actor: ClinicianActor, origin: Origin, body: StartBody): Promise<void> {
    await db.transaction((tx) =>
      recordAudit(tx, actor, origin, {
        action: 'breakGlass.refused',
        resourceType: 'clinician',
        resourceId: body.clinicianId,
        caseId: body.caseId,
        outcome: 'refused',
      }),
    );
  }
}

export type BreakGlassService = ReturnType<typeof createBreakGlassService>;
