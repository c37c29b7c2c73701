import type { Portal } from '@casetalk/contract';
import type { Database, Statement } from '../../db/database.ts';
import type { LiveSession } from './sessions.repository.ts';
import { sessionRules } from './sessions.rules.ts';

/** Whose account it is: the columns of an actor, and whether the account may still be used. */
const people = {
  clinician: {
    columns: `c.name, c.role, c.practice_id as "practiceId", null as "termsVersion"`,
    join: 'join clinicians c on c.id = s.clinician_id and c.disabled_at is null',
  },
  patient: {
    columns: `p.name, null as role, null as "practiceId", p.terms_version as "termsVersion"`,
    join: 'join patients p on p.id = s.patient_id and p.disabled_at is null',
  },
} as const;

/** The database's own clock decides: neither idle nor over, and the account not disabled. */
const finding = (portal: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `find-session-${portal}`,
  text: `select s.id, s.portal, s.${portal}_id as "personId", ${people[portal].columns},
      extract(epoch from now() - s.last_seen_at)::float8 as "idleFor",
      extract(epoch from least(s.expires_at - now(),
        s.last_seen_at + interval '${sessionRules.idleSeconds(portal)} seconds' - now()))::float8 as "left"
    from sessions s ${people[portal].join}
    where s.token_hash = $1 and s.portal = '${portal}' and s.expires_at > now()
      and s.last_seen_at > now() - interval '${sessionRules.idleSeconds(portal)} seconds'`,
});

const find = { clinician: finding('clinician'), patient: finding('patient') };

/** A session as far as telling whose it is needs it. */
export interface FoundSession extends Omit<LiveSession, 'lastSeenAt' | 'expiresAt'> {
  /** Seconds since activity was written down. */
  readonly idleFor: number;
  /** Seconds until it is over by itself. */
  readonly left: number;
}

interface Question {
  readonly portal: Portal;
  readonly tokenHash: Buffer;
  readonly answer: (session: FoundSession | undefined) => void;
  readonly fail: (error: unknown) => void;
}

export type SessionLookUp = (portal: Portal, tokenHash: Buffer) => Promise<FoundSession | undefined>;

/**
 * Finds out who a cookie belongs to: the questions of one turn of the event loop leave together.
 */
export function createSessionLookUp(db: Pick<Database, 'ask'>): SessionLookUp {
  let waiting: Question[] = [];

  async function answerAll(): Promise<void> {
    const questions = waiting;
    waiting = [];
    try {
      const found = await db.ask<FoundSession>(
        questions.map(({ portal, tokenHash }) => ({ ...find[portal], values: [tokenHash] })),
      );
      questions.forEach(({ answer }, index) => {
        const session = found[index]?.[0];
        answer(session);
      });
    } catch (error) {
      for (const { fail } of questions) fail(error);
    }
  }

  return (portal, tokenHash) =>
    new Promise((answer, fail) => {
      waiting.push({ portal, tokenHash, answer, fail });
      if (waiting.length === 1) setImmediate(() => void answerAll());
    });
}
