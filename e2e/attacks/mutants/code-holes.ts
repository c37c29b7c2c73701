import type { Mutant } from './mutant.ts';

/** Holes in secret codes and sign-in: T20 to T27. */
export const codeHoles: readonly Mutant[] = [
  {
    attack: 'T20',
    title: 'Tries are counted and never used up',
    patches: [
      {
        file: 'apps/api/src/modules/verifications/budget.repository.ts',
        find: `and code_tries_used < \${limits.codeTriesPerInvitation}
        and`,
        replace: 'and',
      },
    ],
  },
  {
    attack: 'T21',
    title: 'A code is not used up',
    patches: [
      {
        file: 'apps/api/src/modules/verifications/verifications.repository.ts',
        find: `          eq(verifications.id, id),
          isNull(verifications.consumedAt),
`,
        replace: `          eq(verifications.id, id),
`,
      },
      {
        file: 'apps/api/src/modules/verifications/verifications.repository.ts',
        find: `const isAlive = and(
  isNull(verifications.consumedAt),
`,
        replace: `const isAlive = and(
`,
      },
      {
        file: 'apps/api/src/modules/registrations/registrations.repository.ts',
        find: `number.phoneKind })
      .where(and(eq(registrations.id, id), isNull(registrations.verifiedAt), isAlive))`,
        replace: `number.phoneKind })
      .where(and(eq(registrations.id, id), isAlive))`,
      },
      {
        file: 'apps/api/src/modules/registrations/registrations.service.ts',
        find: `      if (facts.verifiedAt) throw conflict();
      try {`,
        replace: '      try {',
      },
    ],
  },
  {
    attack: 'T22',
    title: 'The newest code proves every flow',
    patches: [
      {
        file: 'apps/api/src/modules/verifications/verifications.repository.ts',
        find: `      .where(ofFlow(flow))
      .orderBy`,
        replace: '      .orderBy',
      },
    ],
  },
  {
    attack: 'T23',
    title: 'The code is logged when it leaves',
    patches: [
      {
        file: 'apps/api/src/modules/verifications/send-code.job.ts',
        find: '    const statusCallback = new URL(',
        replace: `    console.log(\`sending \${code} now\`);
    const statusCallback = new URL(`,
      },
    ],
  },
  {
    attack: 'T24',
    title: 'A number may get any number of codes',
    patches: [
      {
        file: 'apps/api/src/modules/verifications/verifications.rules.ts',
        find: 'if ((facts.toNumber[index] ?? 0) >= cap) return seconds;',
        replace: 'if ((facts.toNumber[index] ?? 0) >= cap * 100) return seconds;',
      },
    ],
  },
  {
    attack: 'T25',
    title: 'Each IPv6 address counts for itself',
    patches: [
      {
        file: 'apps/api/src/network.ts',
        find: 'if (!isIPv6(ip)) return ip;',
        replace: "if (!isIPv6(ip) || ip.includes(':')) return ip;",
      },
    ],
  },
  {
    attack: 'T26',
    title: 'A callback without a signature is believed',
    patches: [
      {
        file: 'apps/api/src/modules/webhooks/webhooks.routes.ts',
        find: 'if (!webhooks.isFromTwilio(request.url, form ?? {}, signature)) throw notFound();',
        replace: 'webhooks.isFromTwilio(request.url, form ?? {}, signature);',
      },
    ],
  },
  {
    attack: 'T27',
    title: 'There is no end to failed tries',
    patches: [
      {
        file: 'apps/api/src/modules/sessions/sessions.rules.ts',
        find: 'hardStop: 100,',
        replace: 'hardStop: 100_000,',
      },
    ],
  },
];
