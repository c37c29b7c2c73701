import type { Mutant } from './mutant.ts';

/** Holes in the privacy of talks: T1 to T9. */
export const talkHoles: readonly Mutant[] = [
  {
    attack: 'T1',
    title: 'Every clinician sees every case',
    patches: [
      {
        file: 'apps/api/src/modules/cases/case-access.repository.ts',
        find: '.where(and(eq(cases.id, caseId), or(member, managesCase(cases.id))));',
        replace: '.where(eq(cases.id, caseId));',
      },
    ],
  },
  {
    attack: 'T2',
    title: 'An invitation is accepted by whoever names it',
    patches: [
      {
        file: 'apps/api/src/modules/invitations/answering.repository.ts',
        find: `          eq(invitations.email, where.email),
`,
        replace: '',
      },
    ],
  },
  {
    attack: 'T3',
    title: 'A patient who joins makes the case look changed',
    patches: [
      {
        file: 'apps/api/src/modules/invitations/received.service.ts',
        find: `        if (!invitation) throw await refusal(tx, id, patient.email);
`,
        replace: `        if (!invitation) throw await refusal(tx, id, patient.email);
        await tx.execute(sql\`update cases set updated_at = now() where id = \${invitation.caseId}\`);
`,
      },
      {
        file: 'apps/api/src/modules/invitations/received.service.ts',
        find: "import type { Tx } from '../../db/database.ts';",
        replace: `import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';`,
      },
    ],
  },
  {
    attack: 'T4',
    title: 'A message takes a file of any talk',
    patches: [
      {
        file: 'apps/api/src/modules/talks/send-message.repository.ts',
        find: 'on a.id = w.id and a.talk_id = $1 and a.uploader',
        replace: 'on a.id = w.id and a.uploader',
      },
    ],
  },
  {
    attack: 'T5',
    title: 'Each press of Share leaves a trace of its own',
    patches: [
      {
        file: 'apps/api/src/modules/attachments/sharing.service.ts',
        find: `if (isNew) {
          await recordAudit`,
        replace: `if (file) {
          await recordAudit`,
      },
    ],
  },
  {
    attack: 'T6',
    title: 'What was remembered of a session is not forgotten',
    patches: [
      {
        file: 'apps/api/src/modules/sessions/session-cache.ts',
        find: '      for (const key of keysOf.get(sessionId) ?? []) byKey.delete(key);\n',
        replace: '',
      },
    ],
  },
  {
    attack: 'T7',
    title: 'A message’s body may hold anything',
    patches: [
      {
        file: 'packages/contract/src/talks.ts',
        find: `export const sendMessageBody = z
  .strictObject({`,
        replace: `export const sendMessageBody = z
  .object({`,
      },
    ],
  },
  {
    attack: 'T8',
    title: 'An emergency needs no reason',
    patches: [
      {
        file: 'packages/contract/src/limits.ts',
        find: 'breakGlassReasonMinLength: 10,',
        replace: 'breakGlassReasonMinLength: 0,',
      },
    ],
  },
  {
    attack: 'T9',
    title: 'Requests of one moment share who asks',
    patches: [
      {
        file: 'apps/api/src/modules/sessions/session-look-up.ts',
        find: 'const session = found[index]?.[0];',
        replace: 'const session = (found[0] ?? found[index])?.[0];',
      },
    ],
  },
];
