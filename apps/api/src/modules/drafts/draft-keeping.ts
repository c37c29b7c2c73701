import type { Draft, DraftMark } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { ProblemError } from '../../problem-error.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { recordAudit } from '../audit/index.ts';
import type { EventHub } from '../events/index.ts';
import { presentDraft } from './drafts.presenter.ts';
import { type DraftSpot, draftsRepository } from './drafts.repository.ts';

export interface DraftNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly events: EventHub;
}

/** Finds the talk or case for its person. @throws ProblemError `not-found` when it is not hers to see */
export type FindSpot = (tx: Tx, person: Person) => Promise<DraftSpot>;

/** Drafts, wherever they are: the talk and the doctor talk say who may come here. */
export function createDraftKeeping({ db, dataKeys, events }: DraftNeeds) {
  const tell = (person: Person, { ownerId, ownerKind, caseId }: DraftSpot): void =>
    events.publish([person.id], {
      type: 'draft.changed',
      talkId: ownerKind === 'talk' ? ownerId : null,
      caseId,
    });

  /** That somebody begins to write and throws it away is recorded; not each pause in between. */
  const record = (tx: Tx, person: Person, origin: Origin, action: string, spot: DraftSpot): Promise<void> =>
    recordAudit(tx, person, origin, {
      action,
      resourceType: spot.ownerKind,
      resourceId: spot.ownerId,
      caseId: spot.caseId,
      talkId: spot.ownerKind === 'talk' ? spot.ownerId : null,
    });

  return {
    async get(person: Person, findSpot: FindSpot): Promise<Draft> {
      const { spot, row } = await db.as(person, async (tx) => {
        const spot = await findSpot(tx, person);
        return { spot, row: await draftsRepository.find(tx, person, spot.ownerId) };
      });
      const text = row?.body
        ? (await dataKeys.of(spot.ownerId)).openText('drafts.body', row.id, row.body)
        : '';
      return presentDraft(text, row);
    },

    /** @throws ProblemError `version-conflict` when another device has written meanwhile */
    async save(
      person: Person,
      origin: Origin,
      findSpot: FindSpot,
      text: string,
      seen: DraftMark,
    ): Promise<Draft> {
      const spot = await db.as(person, (tx) => findSpot(tx, person));
      const id = newId();
      const key = text === '' ? null : await dataKeys.ensure({ kind: spot.ownerKind, id: spot.ownerId });
      const body = key?.sealText('drafts.body', id, text) ?? null;
      const saved = await db.as(person, async (tx) => {
        await findSpot(tx, person);
        const before = await draftsRepository.find(tx, person, spot.ownerId);
        const row = await draftsRepository.save(tx, person, spot, seen, { id, body });
        if (!row) throw new ProblemError('version-conflict');
        if ((before?.body ?? null) === null && body !== null) {
          await record(tx, person, origin, 'draft.begun', spot);
        }
        if (before?.body && body === null) await record(tx, person, origin, 'draft.discarded', spot);
        return row;
      });
      tell(person, spot);
      return presentDraft(text, saved);
    },

    async discard(person: Person, origin: Origin, findSpot: FindSpot): Promise<void> {
      const spot = await db.as(person, async (tx) => {
        const spot = await findSpot(tx, person);
        const had = await draftsRepository.clear(tx, person, spot.ownerId);
        if (had) await record(tx, person, origin, 'draft.discarded', spot);
        return spot;
      });
      tell(person, spot);
    },
  };
}

export type DraftKeeping = ReturnType<typeof createDraftKeeping>;
