import { sql } from 'drizzle-orm';

/**
 * The columns of `ChainRow`, spelled so that no setting of a session and no later version of PostgreSQL spells them
 * otherwise.
 */
export const chainColumns = sql`id, tx::text as tx, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor_kind as "actorKind", actor_id as "actorId", action, resource_type as "resourceType",
  resource_id as "resourceId", case_id as "caseId", talk_id as "talkId", outcome, ip, request_id as "requestId",
  grant_id as "grantId"`;
