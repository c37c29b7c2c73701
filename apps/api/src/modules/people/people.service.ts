import type { Me, PersonalWords, Portal } from '@casetalk/contract';
import type { ClinicianActor, Origin, Person } from '../../actors.ts';
import { type Database, type Tx } from '../../db/database.ts';
import { decodeCursor, encodeCursor, foreignCursor, isIdKey } from '../../db/cursor.ts';
import type { PasswordHasher } from '../../gateways/password-hasher.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import type { EventHub } from '../events/index.ts';
import { requireGoodPassword } from './password-policy.ts';
import { presentClinician, presentClinicianMe, presentPatientMe } from './people.presenter.ts';
import { peopleRepository } from './people.repository.ts';

export interface PeopleNeeds {
  readonly db: Database;
  readonly hasher: PasswordHasher;
  readonly jobs: JobQueue;
  readonly events: EventHub;
  readonly termsVersion: string;
  /** Counts tries of a person's present password like those of signing in. */
  readonly claimPasswordTry: (
    portal: Portal,
    personId: string,
  ) => Promise<{ forgive(tx: Tx): Promise<void> }>;
  /** Lets on only who proved a second factor again a moment ago. */
  readonly requireFresh: (person: Person, wanted: readonly ['factor']) => Promise<void>;
  readonly endSessions: (tx: Tx, portal: Portal, personId: string, exceptId?: string) => Promise<string[]>;
}

export function createPeopleService(needs: PeopleNeeds) {
  const { db } = needs;

  async function me(tx: Tx, person: Pick<Person, 'kind' | 'id'>): Promise<Me> {
    if (person.kind === 'clinician') {
      const row = await peopleRepository.clinician(tx, person.id);
      if (!row) throw notFound();
      return presentClinicianMe(row);
    }
    const row = await peopleRepository.patient(tx, person.id);
    if (!row) throw notFound();
    return presentPatientMe(row, needs.termsVersion);
  }

  /** What a person's password must not be made of. */
  async function personalWords(tx: Tx, portal: Portal, personId: string): Promise<PersonalWords> {
    const row =
      portal === 'clinician'
        ? await peopleRepository.clinician(tx, personId)
        : await peopleRepository.patient(tx, personId);
    return { words: row ? [row.name, row.email, row.phone] : [] };
  }

  return {
    me,
    personalWords,

    getMe: (person: Person): Promise<Me> => db.transaction((tx) => me(tx, person)),

    changeLanguage: (person: Person, language: 'en' | 'es'): Promise<Me> =>
      db.transaction(async (tx) => {
        await peopleRepository.setLanguage(tx, person.id, language);
        return me(tx, person);
      }),

    /** Ends every other session of the account and tells its owner by mail. */
    async changePassword(
      person: Person,
      origin: Origin,
      passwords: { currentPassword: string; newPassword: string },
    ): Promise<void> {
      const portal = person.kind;
      // The present password stands in the request itself.
      if (portal === 'clinician') await needs.requireFresh(person, ['factor']);
      const attempt = await needs.claimPasswordTry(portal, person.id);
      const [credential, personal] = await db.transaction(async (tx) => [
        await peopleRepository.credentialById(tx, portal, person.id),
        await personalWords(tx, portal, person.id),
      ]);
      if (!(await needs.hasher.verify(passwords.currentPassword, credential?.passwordHash ?? null))) {
        throw new ProblemError('wrong-credentials');
      }
      // The right password was no guess, whatever becomes of the new one.
      await db.transaction((tx) => attempt.forgive(tx));
      requireGoodPassword(passwords.newPassword, personal);
      const hash = await needs.hasher.hash(passwords.newPassword);
      const ended = await db.transaction(async (tx) => {
        await peopleRepository.setPassword(tx, portal, person.id, hash);
        await recordAudit(tx, person, origin, {
          action: 'password.change',
          resourceType: portal,
          resourceId: person.id,
        });
        await needs.jobs.enqueue(tx, 'account.mail', {
          kind: 'passwordChanged',
          portal,
          personId: person.id,
        });
        return needs.endSessions(tx, portal, person.id, person.sessionId);
      });
      needs.events.endSessions(ended);
    },

    async directory(
      { practiceId, role }: Pick<ClinicianActor, 'practiceId' | 'role'>,
      query: {
        search?: string | undefined;
        practice: 'own' | 'other' | 'any';
        cursor?: string | undefined;
        limit: number;
      },
    ) {
      const after = query.cursor ? placeOf(query.cursor) : undefined;
      const rows = await db.transaction((tx) =>
        peopleRepository.directory(tx, {
          practiceId,
          practice: query.practice,
          administrators: role === 'administrator',
          limit: query.limit + 1,
          ...(query.search ? { search: query.search } : {}),
          ...(after ? { after } : {}),
        }),
      );
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return {
        data: page.map(presentClinician),
        nextCursor: rows.length > page.length && last ? encodeCursor([last.name, last.id]) : null,
      };
    },
  };
}

export type PeopleService = ReturnType<typeof createPeopleService>;

/** The name and id of the last one of the page before. */
function placeOf(cursor: string): [string, string] {
  const [name, id] = decodeCursor(cursor, 2);
  if (typeof name !== 'string' || !isIdKey(id)) throw foreignCursor();
  return [name, id];
}
