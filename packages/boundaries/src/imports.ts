/**
 * Who may know whom, as a table. A file is named by its path from the root of the repository with forward
 * slashes; a target is either such a path (relative imports are resolved first) or the bare name of a
 * package. The first ban that fits is reported, with its sentence.
 */
export interface Import {
  /** Path of the importing file from the repository's root. */
  readonly from: string;
  /** Path from the root for a relative import, otherwise the specifier as written. */
  readonly target: string;
  /** True when the statement vanishes with the types. */
  readonly typeOnly: boolean;
}

interface Ban {
  readonly because: string;
  readonly refuses: (imported: Import) => boolean;
}

const TEST = /\.test\.tsx?$|^apps\/[^/]+\/test\//;
const APPS = /^@casetalk\/(?:api|clinician|patient|mailroom)(?:\/|$)/;
const VENDOR_SDK = /^(?:twilio|@sendgrid\/[^/]+|@aws-sdk\/[^/]+)(?:\/|$)/;
const PURE = /^apps\/api\/src\/modules\/[^/]+\/[^/]+\.(?:rules|policy|presenter)\.ts$/;
const MODULE_FILE = /^apps\/api\/src\/modules\/([^/]+)\/(.+)$/;
const FEATURE_FILE = /^((?:apps|packages)\/[^/]+\/src\/features)\/([^/]+)\//;

const isOwnPath = (target: string): boolean => /^(?:apps|packages|e2e)\//.test(target);
const workspaceOf = (path: string): string => /^(?:(?:apps|packages)\/[^/]+|e2e)/.exec(path)?.[0] ?? '';
const isSibling = (target: string): boolean => target.startsWith('@casetalk/');

/** A workspace that may know only the named siblings, and in tests a few more. */
function knowsOnly(
  folder: string,
  known: readonly string[],
  because: string,
  inTests: readonly string[] = [],
): Ban {
  return {
    because,
    refuses: ({ from, target }) => {
      if (!from.startsWith(`${folder}/`) || !isSibling(target)) return false;
      const allowed = TEST.test(from) ? [...known, ...inTests] : known;
      return !allowed.some((name) => target === name || target.startsWith(`${name}/`));
    },
  };
}

/** A part of the API, chosen by its path, that must not see the targets. */
function layer(files: RegExp, targets: RegExp, because: string): Ban {
  return {
    because,
    refuses: ({ from, target }) => files.test(from) && !TEST.test(from) && targets.test(target),
  };
}

const bans: readonly Ban[] = [
  {
    because: 'The contract is zod alone: the API, both portals and integrators read it.',
    refuses: ({ from, target }) =>
      from.startsWith('packages/contract/src/') &&
      !isOwnPath(target) &&
      target !== 'zod' &&
      !(TEST.test(from) && /^(?:vitest|node:.+)$/.test(target)),
  },
  {
    because:
      "The client knows the contract, the platform's fetch, what makes its keys and the tus protocol: any program can use it.",
    refuses: ({ from, target }) =>
      from.startsWith('packages/client/src/') &&
      !isOwnPath(target) &&
      target !== '@casetalk/contract' &&
      target !== 'uuidv7' &&
      target !== 'tus-js-client' &&
      !(TEST.test(from) && /^(?:vitest|zod|node:.+)$/.test(target)),
  },
  {
    because: 'Nobody imports an app: what two of them share stands in a package.',
    refuses: ({ from, target }) => {
      // The mailroom is made for tests: the API's may start one, the stories read the one that runs.
      const isMailroom = /^@casetalk\/mailroom(?:\/client)?$/.test(target) && TEST.test(from);
      const readsMail = target === '@casetalk/mailroom/client' && from.startsWith('e2e/');
      return APPS.test(target) && !isMailroom && !readsMail;
    },
  },
  {
    because: "A workspace is entered by its name, so that its package.json's exports say what is public.",
    refuses: ({ from, target }) =>
      isOwnPath(target) && workspaceOf(from) !== '' && workspaceOf(from) !== workspaceOf(target),
  },
  knowsOnly('packages/ui', [], 'ui draws; it knows no contract, no client and no data.'),
  {
    because: 'ui draws; data and routes belong to the portals.',
    refuses: ({ from, target }) =>
      from.startsWith('packages/ui/') && /^(?:@tanstack\/.+|react-router(?:\/.*)?)$/.test(target),
  },
  knowsOnly(
    'packages/portal',
    ['@casetalk/contract', '@casetalk/client', '@casetalk/ui'],
    'What both portals share knows the contract, the client and ui, and nothing above them.',
  ),
  ...['apps/clinician', 'apps/patient'].map((folder) =>
    knowsOnly(
      folder,
      ['@casetalk/contract', '@casetalk/client', '@casetalk/ui', '@casetalk/portal'],
      'A portal knows the contract, the client, ui and portal; the API is reached through the client alone.',
    ),
  ),
  knowsOnly('apps/api', ['@casetalk/contract'], 'The API knows the contract and no other workspace.', [
    '@casetalk/client',
    '@casetalk/local-stack',
    '@casetalk/mailroom',
  ]),
  knowsOnly(
    'apps/mailroom',
    [],
    'The mailroom stands in for SendGrid and Twilio and knows nothing of CaseTalk.',
  ),
  knowsOnly(
    'packages/local-stack',
    [],
    'The local stack starts the product as processes; it imports no part of it.',
  ),
  {
    because: 'Vendor SDKs appear in gateways/ alone: everything else speaks to a port.',
    refuses: ({ from, target }) =>
      VENDOR_SDK.test(target) && !/^apps\/(?:api\/src\/gateways|mailroom)\//.test(from),
  },
  {
    because: 'A module is entered through its index.ts: the rest is its own business.',
    refuses: ({ from, target }) => {
      const [, entered, file] = MODULE_FILE.exec(target) ?? [];
      return entered !== undefined && file !== 'index.ts' && MODULE_FILE.exec(from)?.[1] !== entered;
    },
  },
  {
    because: 'Features never import each other: routes compose them.',
    refuses: ({ from, target }) => {
      const [, fromFolder, feature] = FEATURE_FILE.exec(from) ?? [];
      const [, targetFolder, other] = FEATURE_FILE.exec(target) ?? [];
      return feature !== undefined && fromFolder === targetFolder && feature !== other;
    },
  },
  {
    because:
      'Rules, policies and presenters are pure: values come from the contract and one another, the rest as arguments.',
    refuses: ({ from, target, typeOnly }) =>
      PURE.test(from) && !typeOnly && target !== '@casetalk/contract' && !PURE.test(target),
  },
  layer(
    /^apps\/api\/src\/modules\/[^/]+\/[^/]+\.routes\.ts$/,
    /\.repository\.ts$|^drizzle-orm|^pg$|^apps\/api\/src\/db\//,
    'Routes speak to a service and a presenter; what is stored and sent is not theirs.',
  ),
  {
    because: 'Routes are handed what they need: of a gateway they know its port, as a type.',
    refuses: ({ from, target, typeOnly }) =>
      !typeOnly && from.endsWith('.routes.ts') && target.startsWith('apps/api/src/gateways/'),
  },
  layer(
    /^apps\/api\/src\/modules\/[^/]+\/[^/]+\.service\.ts$/,
    /^(?:@fastify\/.+|fastify.*)$|\.routes\.ts$/,
    'A service does one act for anyone who may ask; it knows nothing of HTTP.',
  ),
  layer(
    /^apps\/api\/src\/modules\/[^/]+\/[^/]+\.repository\.ts$/,
    /^(?:@fastify\/.+|fastify.*)$|\.(?:routes|service|presenter)\.ts$|^apps\/api\/src\/(?:gateways|jobs)\//,
    'A repository reads and writes rows and knows no one above it.',
  ),
  layer(
    /^apps\/api\/src\/gateways\//,
    /^apps\/api\/src\/(?:modules|jobs)\//,
    'A gateway knows its vendor and its port, never who uses it.',
  ),
];

/** The sentence of the first ban that refuses this import, or undefined when it is welcome. */
export function refusalOf(imported: Import): string | undefined {
  return bans.find((ban) => ban.refuses(imported))?.because;
}
