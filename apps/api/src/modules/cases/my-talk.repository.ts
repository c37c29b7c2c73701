import { limits } from '@casetalk/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Viewer } from '../../db/database.ts';

/** Joins the viewer's latest invitation on case `c` as `i`: one look at an index for each case on a page. */
export const latestInvitation = (viewer: Viewer): SQL => sql`left join lateral (
    select state, delivery, code_tries_used, help_requested_at, expires_at
    from invitations
    where clinician_id = ${viewer.id} and case_id = c.id
    order by created_at desc nulls last limit 1
  ) i on true`;

export const codeTriesUsedUp: SQL = sql`i.code_tries_used >= ${limits.codeTriesPerInvitation}`;
