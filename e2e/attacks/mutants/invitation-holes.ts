import type { Mutant } from './mutant.ts';

/** Holes in invitations and links: T10 to T19. */
export const invitationHoles: readonly Mutant[] = [
  {
    attack: 'T10',
    title: 'Whoever has an account may register again',
    patches: [
      {
        file: 'apps/api/src/modules/registrations/start.service.ts',
        find: `        if (await registrationRepository.hasAccount(tx, email)) return { next: 'signIn' };
`,
        replace: '',
      },
    ],
  },
  {
    attack: 'T11',
    title: 'Inviting somebody with an account takes longer',
    patches: [
      {
        file: 'apps/api/src/modules/invitations/invitations.service.ts',
        find: `    await countInvitation(tx, actor.id);
    if`,
        replace: `    await countInvitation(tx, actor.id);
    if ((await invitationRepository.accountsOf(tx, wanted.email)).length > 0)
      await new Promise((done) => setTimeout(done, 25));
    if`,
      },
    ],
  },
  {
    attack: 'T12',
    title: 'The secret of a link is stored as it is',
    patches: [
      {
        file: 'apps/api/src/gateways/random.ts',
        find: "createHash('sha256').update(secret).digest();",
        replace: "(createHash('sha256'), Buffer.from(secret));",
      },
    ],
  },
  {
    attack: 'T13',
    title: 'An invitation can be accepted as often as one likes',
    patches: [
      {
        file: 'apps/api/src/modules/invitations/answering.repository.ts',
        find: `          where.states === 'verified' ? eq(invitations.state, 'verified') : isLive,
`,
        replace: '',
      },
      {
        file: 'apps/api/src/modules/invitations/joining.repository.ts',
        find: 'and(eq(talks.id, talkId), isNull(talks.patientId))',
        replace: 'eq(talks.id, talkId)',
      },
    ],
  },
  {
    attack: 'T14',
    title: 'Looking at a link opens it',
    patches: [
      {
        file: 'apps/api/src/modules/invitations/links.service.ts',
        find: `        const { practice, language, expiresAt } = found;
`,
        replace: `        const { practice, language, expiresAt } = found;
        await answeringRepository.markOpened(tx, found.id);
`,
      },
    ],
  },
  {
    attack: 'T15',
    title: 'Addresses are made of the host that was asked',
    patches: [
      {
        file: 'apps/api/src/modules/invitations/invitations.routes.ts',
        find: 'async ({ actor, origin, idempotency, params, body, reply }) => {',
        replace: 'async ({ actor, origin, idempotency, params, body, reply, request }) => {',
      },
      {
        file: 'apps/api/src/modules/invitations/invitations.routes.ts',
        find: '`/v1/invitations/${invitation.id}`',
        replace: '`https://${request.host}/v1/invitations/${invitation.id}`',
      },
    ],
  },
  {
    attack: 'T16',
    title: 'A link opens whoever is signed in',
    patches: [
      {
        file: 'apps/api/src/modules/registrations/start.service.ts',
        find: `          throw new ProblemError('someone-else-signed-in');
`,
        replace: `          signedIn.id.trim();
`,
      },
    ],
  },
  {
    attack: 'T17',
    title: 'The password is set before the terms are accepted',
    patches: [
      {
        file: 'apps/api/src/modules/registrations/completion.service.ts',
        find: 'if (!facts.verifiedAt || !accepted) throw conflict();',
        replace: 'if (!facts.verifiedAt) throw conflict();',
      },
    ],
  },
  {
    attack: 'T18',
    title: 'Whoever opens the link reads the whole number',
    patches: [
      {
        file: 'apps/api/src/modules/verifications/verifications.rules.ts',
        find: 'hint: phone.slice(-2),',
        replace: 'hint: phone,',
      },
    ],
  },
  {
    attack: 'T19',
    title: 'A registration goes on after its invitation has ended',
    patches: [
      {
        file: 'apps/api/src/modules/registrations/registrations.repository.ts',
        find: `    and \${invitations.linkNumber} = \${registrations.linkNumber}
    and \${invitations.state} in ('opened', 'verified') and`,
        replace: '    and',
      },
    ],
  },
];
