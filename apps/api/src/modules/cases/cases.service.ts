import type { BodyOf, Case, endpoints } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { Database, Tx, Viewer } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { once } from '../../db/once.ts';
import type { Idempotency } from '../../plugins/contract-routes.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { administratorsReading } from '../break-glass/index.ts';
import type { EventHub } from '../events/index.ts';
import { caseAccess, peopleOnCase } from './case-access.ts';
import { caseAccessRepository } from './case-access.repository.ts';
import { caseAudience, mayWorkOnCases, patientTalkAudience } from './cases.policy.ts';
import { presentCase } from './cases.presenter.ts';
import { casesRepository } from './cases.repository.ts';

export interface CasesNeeds {
  readonly db: Database;
  readonly events: EventHub;
}

/** One case with everything that its page shows; the viewer has been seen to see it. */
async function readCase(tx: Tx, viewer: Viewer, caseId: string): Promise<Case> {
  const [row] = await casesRepository.rows(tx, viewer, [caseId]);
  if (!row) throw notFound();
  const people = await caseAccessRepository.people(tx, caseId);
  const me = people.find(({ id }) => id === viewer.id);
  if (!me) throw notFound();
  return presentCase(row, {
    attachmentCount: await casesRepository.attachmentCount(tx, caseId),
    patientTalkAudience: patientTalkAudience(
      { ...me, seesCase: true },
      { id: row.talkPatientId, name: row.patientName },
      row.talkId === null ? [] : await administratorsReading(tx, row.talkId),
    ),
    doctorTalkAudience: caseAudience(people),
  });
}

export function createCasesService({ db, events }: CasesNeeds) {
  return {
    /** @throws ProblemError `not-found` for administrators, who work on no case */
    async create(
      actor: ClinicianActor,
      origin: Origin,
      idempotency: Idempotency,
      body: BodyOf<typeof endpoints.createCase>,
    ): Promise<Case> {
      if (!mayWorkOnCases(actor)) throw notFound();
      const { created, people } = await db.as(actor, async (tx) => {
        const { resourceId, repeated } = await once(tx, actor.id, idempotency, async () => {
          const id = newId();
          await casesRepository.insert(tx, {
            id,
            practiceId: actor.practiceId,
            createdBy: actor.id,
            patientName: body.patientName,
            patientBirthDate: body.patientBirthDate,
            title: body.title,
            description: body.description,
          });
          await recordAudit(tx, actor, origin, {
            action: 'case.created',
            resourceType: 'case',
            resourceId: id,
            caseId: id,
          });
          return id;
        });
        // The maker of a repeated request may have left the case meanwhile.
        await caseAccess.require(tx, actor, resourceId);
        return {
          created: await readCase(tx, actor, resourceId),
          people: repeated ? [] : await peopleOnCase(tx, resourceId),
        };
      });
      events.publish(people, { type: 'case.changed', caseId: created.id });
      return created;
    },

    get: (actor: ClinicianActor, origin: Origin, caseId: string): Promise<Case> =>
      db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        await recordAudit(tx, actor, origin, {
          action: 'case.viewed',
          resourceType: 'case',
          resourceId: caseId,
          caseId,
        });
        return readCase(tx, actor, caseId);
      }),

    /**
     * @param version the version that the change is based on
     * @throws ProblemError `version-conflict` when somebody changed the case since
     */
    async update(
      actor: ClinicianActor,
      origin: Origin,
      caseId: string,
      version: number,
      change: BodyOf<typeof endpoints.updateCase>,
    ): Promise<Case> {
      const { updated, people, talks } = await db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        if (!(await casesRepository.update(tx, caseId, version, change))) {
          throw new ProblemError('version-conflict');
        }
        await recordAudit(tx, actor, origin, {
          action: 'case.changed',
          resourceType: 'case',
          resourceId: caseId,
          caseId,
        });
        return {
          updated: await readCase(tx, actor, caseId),
          people: await peopleOnCase(tx, caseId),
          // In a closed case nobody writes: the composers of its talks close and open with it.
          talks: change.status === undefined ? [] : await casesRepository.joinedTalks(tx, caseId),
        };
      });
      events.publish(people, { type: 'case.changed', caseId });
      for (const { talkId, clinicianId, patientId } of talks) {
        events.publish([clinicianId, patientId], { type: 'talk.changed', talkId, caseId });
      }
      return updated;
    },
  };
}

export type CasesService = ReturnType<typeof createCasesService>;
