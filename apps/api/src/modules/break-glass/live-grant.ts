import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { GrantHolder } from '../../db/database.ts';
import { instantTextOf } from '../../db/instant-text.ts';

/**
 * SQL: a grant that is live opens a talk to an administrator, who still is one of its clinician's practice. The same as
 * row-level security says, asked once more by every query.
 * @param talk, viewer, grant what holds the ids in the statement around it
 */
export const isOpenedByGrant = (talk: string, viewer: string, grant: string): string => `exists (
    select from break_glass_grants g
    join clinicians keeper on keeper.id = g.administrator_id and keeper.practice_id = g.practice_id
      and keeper.role = 'administrator' and keeper.disabled_at is null
    where g.id = ${grant} and g.talk_id = ${talk} and g.administrator_id = ${viewer}
      and g.ended_at is null and g.expires_at > now())`;

/** The same for statements of the builder. */
export const openedBy = ({ id, grantId }: GrantHolder, talkId: SQLWrapper): SQL => sql`exists (
    select from break_glass_grants g
    join clinicians keeper on keeper.id = g.administrator_id and keeper.practice_id = g.practice_id
      and keeper.role = 'administrator' and keeper.disabled_at is null
    where g.id = ${grantId} and g.talk_id = ${talkId} and g.administrator_id = ${id}
      and g.ended_at is null and g.expires_at > now())`;

/** Someone to whom a talk is open in an emergency. */
export interface OpenedTo {
  readonly id: string;
  readonly name: string;
  /** RFC 3339 in UTC. */
  readonly until: string;
}

/** SQL: to whom a talk is open in an emergency, as a JSON array of `OpenedTo`, for those who see the talk. */
export const openedTo = (talk: string): string => `(
    select coalesce(json_agg(json_build_object('id', keeper.id, 'name', keeper.name,
      'until', left(${instantTextOf('g.expires_at')}, 23) || 'Z') order by g.expires_at), '[]')
    from break_glass_grants g
    join clinicians keeper on keeper.id = g.administrator_id and keeper.practice_id = g.practice_id
      and keeper.role = 'administrator' and keeper.disabled_at is null
    where g.talk_id = ${talk} and g.ended_at is null and g.expires_at > now())`;
