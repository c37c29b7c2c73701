import type { Actor, Origin } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { auditEvents } from '../../db/schema/index.ts';

export { type Anchor, anchorsFileOf, readAnchors } from './anchors.ts';
export { headOf } from './chain.ts';
export { createAuditSealer } from './audit-sealer.ts';
export { verdictLines } from './verdict-lines.ts';
export { verifyAudit } from './verify-audit.ts';

export interface AuditEntry {
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId?: string | null;
  readonly caseId?: string | null;
  readonly talkId?: string | null;
  readonly outcome?: 'success' | 'refused';
  /** The emergency access by which it is done. */
  readonly grantId?: string | null;
}

/**
 * Records who did what to which record, in the transaction that does it: no audit, no act.
 * Holds ids alone, never a name, a text or a code.
 */
export async function recordAudit(tx: Tx, actor: Actor, origin: Origin, entry: AuditEntry): Promise<void> {
  await tx.insert(auditEvents).values({
    id: newId(),
    actorKind: actor.kind,
    actorId: 'id' in actor ? actor.id : null,
    ip: origin.ip,
    requestId: origin.requestId,
    ...entry,
  });
}
