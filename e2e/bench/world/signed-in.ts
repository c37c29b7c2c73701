import { type Portal, portalHeader } from '@casetalk/contract';
import pg from 'pg';

/** One side of a talk with one of the sessions of that person. */
export interface Seat {
  readonly talkId: string;
  readonly portal: Portal;
  readonly personId: string;
  readonly token: string;
}

export interface SignedIn {
  /** A side of any talk, with any session of the person who sits there. */
  anySeat(): Seat;
  anyClinician(): Seat;
  /** Both sides of any talk. */
  anyPair(): { readonly clinician: Seat; readonly patient: Seat };
  /** So many sessions, of different browsers as far as there are, patients' first. */
  sessions(count: number): Seat[];
}

/** The headers by which a browser of that portal is known. */
export const headersOf = ({ portal, token }: Pick<Seat, 'portal' | 'token'>): Record<string, string> => ({
  cookie: `__Host-casetalk-${portal}=${token}`,
  [portalHeader]: portal,
});

interface TalkRow {
  readonly id: string;
  readonly clinician_id: string;
  readonly patient_id: string;
}

interface SessionRow {
  readonly portal: Portal;
  readonly person: string;
  readonly token: string;
}

/**
 * Reads who sits where, and makes all sessions as fresh as if everyone had just signed in.
 * @param adminUrl connection string of the administrator to a filled database
 */
export async function readSignedIn(adminUrl: string): Promise<SignedIn> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('update sessions set last_seen_at = now()');
    await client.query('vacuum analyze sessions');
    const talks = await client.query<TalkRow>(
      'select id, clinician_id, patient_id from talks where patient_id is not null',
    );
    const sessions = await client.query<SessionRow>(
      'select portal, coalesce(clinician_id, patient_id) as person, device as token from sessions order by portal desc, id',
    );
    return signedIn(talks.rows, sessions.rows);
  } finally {
    await client.end();
  }
}

function anyOf<T>(items: readonly T[]): T {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}

function signedIn(talks: readonly TalkRow[], sessions: readonly SessionRow[]): SignedIn {
  const tokens = Map.groupBy(sessions, ({ person }) => person);
  const talkOf = new Map(
    talks.flatMap((talk) => [talk.clinician_id, talk.patient_id].map((id) => [id, talk.id])),
  );
  const seat = (talk: TalkRow, portal: Portal): Seat => {
    const personId = portal === 'clinician' ? talk.clinician_id : talk.patient_id;
    return { talkId: talk.id, portal, personId, token: anyOf(tokens.get(personId) ?? []).token };
  };
  return {
    anySeat: () => seat(anyOf(talks), Math.random() < 0.5 ? 'clinician' : 'patient'),
    anyClinician: () => seat(anyOf(talks), 'clinician'),
    anyPair: () => {
      const talk = anyOf(talks);
      return { clinician: seat(talk, 'clinician'), patient: seat(talk, 'patient') };
    },
    sessions: (count) =>
      Array.from({ length: count }, (_, index) => sessions[index % sessions.length])
        .filter((session) => session !== undefined)
        .map(({ portal, person, token }) => ({
          portal,
          personId: person,
          token,
          talkId: talkOf.get(person) ?? '',
        })),
  };
}
