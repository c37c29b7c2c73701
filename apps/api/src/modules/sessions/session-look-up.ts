import type { Portal } from '@casetalk/contract';
import type { Database, Statement } from '../../db/database.ts';
import type { LiveSession } from './sessions.repository.ts';
import { sessionRules } from './sessions.rules.ts';

/** Whose account it is: the columns of an actor, and whether the account may still be used. */
const people = {
  clinician: {
    columns: `c.role, c.practice_id as "practiceId", null as "termsVersion"`,
    join: 'join clinicians c on c.id = s.clinician_id and c.disabled_at is null',
  },
  patient: {
    columns: `null as role, null as "practiceId", p.terms_version as "termsVersion"`,
    join: 'join patients p on p.id = s.patient_id and p.disabled_at is null',
  },
} as const;

/** The database's own clock decides: neither idle nor over, and the account not disabled. */
const finding = (portal: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `find-sessions-${portal}`,
  text: `select wanted.place::int, s.id, s.portal, s.${portal}_id as "personId", ${people[portal].columns},
      s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
      s.last_seen_at < now() - interval '${sessionRules.touchEvery} seconds' as stale
    from unnest($1::bytea[]) with ordinality as wanted (hash, place)
    join sessions s on s.token_hash = wanted.hash and s.portal = '${portal}' and s.expires_at > now()
      and s.last_seen_at > now() - interval '${sessionRules.idleSeconds(portal)} seconds'
    ${people[portal].join}`,
});

const find = { clinician: finding('clinician'), patient: finding('patient') };
const touch = {
  name: 'touch-sessions',
  text: 'update sessions set last_seen_at = now() where id = any($1::uuid[])',
};

interface Question {
  readonly tokenHash: Buffer;
  readonly active: boolean;
  readonly answer: (session: LiveSession | undefined) => void;
  readonly fail: (error: unknown) => void;
}

export type SessionLookUp = (
  portal: Portal,
  tokenHash: Buffer,
  active: boolean,
) => Promise<LiveSession | undefined>;

/**
 * Finds out who a cookie belongs to. Nearly every request asks, so that questions of one turn of the event loop are one
 * prepared statement. Requests that count as the person being active are written down, every few seconds at most.
 */
export function createSessionLookUp(db: Pick<Database, 'ask'>): SessionLookUp {
  const waiting: Record<Portal, Question[]> = { clinician: [], patient: [] };

  async function answerAll(portal: Portal): Promise<void> {
    const questions = waiting[portal];
    waiting[portal] = [];
    try {
      const hashes = questions.map(({ tokenHash }) => tokenHash);
      const rows = await db.ask<LiveSession & { place: number }>({ ...find[portal], values: [hashes] });
      const found = new Map(rows.map(({ place, ...session }) => [place, session]));
      const active = rows.filter(({ stale, place }) => stale && questions[place - 1]?.active);
      const ids = new Set(active.map(({ id }) => id));
      if (ids.size > 0) await db.ask({ ...touch, values: [[...ids]] });
      questions.forEach(({ answer }, index) => {
        const session = found.get(index + 1);
        answer(session && ids.has(session.id) ? { ...session, stale: false } : session);
      });
    } catch (error) {
      for (const { fail } of questions) fail(error);
    }
  }

  return (portal, tokenHash, active) =>
    new Promise((answer, fail) => {
      waiting[portal].push({ tokenHash, active, answer, fail });
      if (waiting[portal].length === 1) setImmediate(() => void answerAll(portal));
    });
}
