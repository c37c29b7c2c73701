import type { Mutant } from './mutant.ts';

/** Holes in signing in, sessions and files: T28 to T46. */
export const sessionAndFileMutants: readonly Mutant[] = [
  {
    attack: 'T28',
    title: 'An address that nobody has costs no hash',
    patches: [
      {
        file: 'apps/api/src/gateways/password-hasher.ts',
        find: 'const { pepper, bcrypt } = read(stored ?? (await nobody));',
        replace: `if (stored === null) return false;
      const { pepper, bcrypt } = read(stored);`,
      },
    ],
  },
  {
    attack: 'T29',
    title: 'Passwords go to bcrypt as they are',
    patches: [
      {
        file: 'apps/api/src/gateways/password-hasher.ts',
        find: "createHmac('sha384', bytes).update(normalizePassword(password)).digest('base64')",
        replace: "bytes.length > 0 ? normalizePassword(password) : ''",
      },
    ],
  },
  {
    attack: 'T30',
    title: 'Hashes are made on the event loop',
    patches: [
      {
        file: 'apps/api/src/gateways/password-hasher.ts',
        find: 'return await pool.run(task);',
        replace: `const { default: bcrypt } = await import('bcryptjs');
      return task.kind === 'hash' ? bcrypt.hashSync(task.text, task.cost) : bcrypt.compareSync(task.text, task.hash);`,
      },
    ],
  },
  {
    attack: 'T31',
    title: 'The cookie of an opened link opens every route',
    patches: [
      {
        file: 'apps/api/src/plugins/authentication.ts',
        find: "if (access.includes('registration') && registration) {",
        replace: 'if (registration) {',
      },
    ],
  },
  {
    attack: 'T32',
    title: 'Notes of any algorithm are taken',
    patches: [
      {
        file: 'apps/api/src/gateways/known-devices.ts',
        find: '        algorithms: [algorithm],\n',
        replace: '',
      },
    ],
  },
  {
    attack: 'T32',
    title: 'Notes without an end are taken',
    patches: [
      {
        file: 'apps/api/src/gateways/known-devices.ts',
        find: "requiredClaims: ['exp', 'iat', 'sub', 'jti'],",
        replace: "requiredClaims: ['iat', 'sub', 'jti'],",
      },
    ],
  },
  {
    attack: 'T33',
    title: 'Signing out takes the cookie away and leaves the session',
    patches: [
      {
        file: 'apps/api/src/modules/sessions/sessions.routes.ts',
        find: 'await sessions.end(actor, actor.sessionId, origin);',
        replace: 'await Promise.resolve(origin);',
      },
    ],
  },
  {
    attack: 'T34',
    title: 'Nobody looks where a request comes from',
    patches: [
      {
        file: 'apps/api/src/plugins/same-site.ts',
        find: "if (foreign) throw new ProblemError('cross-site');",
        replace: "if (foreign && origins.size === 0) throw new ProblemError('cross-site');",
      },
    ],
  },
  {
    attack: 'T35',
    title: 'What people write is taken for markup',
    patches: [
      {
        file: 'packages/ui/src/talk/message-bubble.tsx',
        find: `          <p className={classes.text} dir="auto">
            {text}
          </p>`,
        replace:
          '          <p className={classes.text} dir="auto" dangerouslySetInnerHTML={{ __html: text }} />',
      },
    ],
  },
  {
    attack: 'T36',
    title: 'A new password leaves the other sessions alive',
    patches: [
      {
        file: 'apps/api/src/modules/people/people.service.ts',
        find: 'return needs.endSessions(tx, portal, person.id, person.sessionId);',
        replace: 'return [];',
      },
    ],
  },
  {
    attack: 'T37',
    title: 'Files are shown instead of saved',
    patches: [
      {
        file: 'apps/api/src/modules/attachments/send-file.ts',
        find: 'contentDisposition(file.name)',
        replace: "contentDisposition(file.name, { type: 'inline' })",
      },
    ],
  },
  {
    attack: 'T37',
    title: 'A page called a text is a text',
    patches: [
      {
        file: 'apps/api/src/gateways/file-types.ts',
        find: 'return { type: types[found] };',
        replace:
          "return { type: { ...types[found], mediaType: found === 'txt' ? 'text/html' : types[found].mediaType } };",
      },
    ],
  },
  {
    attack: 'T38',
    title: 'The name is put between quotation marks as it is',
    patches: [
      {
        file: 'apps/api/src/modules/attachments/send-file.ts',
        find: 'contentDisposition(file.name)',
        replace: '`attachment; filename="${file.name}"`',
      },
    ],
  },
  {
    attack: 'T39',
    title: 'A name that is a path is honoured',
    patches: [
      {
        file: 'apps/api/src/plugins/multipart.ts',
        find: 'throwFileSizeLimit: false,',
        replace: 'throwFileSizeLimit: false,\n    preservePath: true,',
      },
      {
        file: 'apps/api/src/modules/attachments/receive-file.ts',
        find: 'const cleaned = cleanFileName(incoming.name);',
        replace: `const cleaned = cleanFileName(incoming.name);
    if (incoming.name.startsWith('/tmp/')) await (await import('node:fs/promises')).writeFile(incoming.name, '');`,
      },
    ],
  },
  {
    attack: 'T40',
    title: 'The ending of a name is believed',
    patches: [
      {
        file: 'apps/api/src/gateways/file-types.ts',
        find: 'if (promised && !promised.includes(found)) {',
        replace: 'if (promised && promised.length === 0) {',
      },
    ],
  },
  {
    attack: 'T41',
    title: 'What nobody has scanned is called clean',
    patches: [
      {
        file: 'apps/api/src/modules/attachments/message-files.repository.ts',
        find: `encode(f.sha256, 'hex') sha256, f.scan, f.preview, f.pages, a.created_at`,
        replace: `encode(f.sha256, 'hex') sha256, 'clean'::text as scan, f.preview, f.pages, a.created_at`,
      },
    ],
  },
  {
    attack: 'T41',
    title: 'Files that wait for the scanner are handed out',
    patches: [
      {
        file: 'apps/api/src/modules/attachments/attachments.policy.ts',
        find: 'boolean => isOpen(facts.scan);',
        replace: "boolean => facts.scan !== 'infected';",
      },
      {
        file: 'apps/api/src/modules/attachments/downloads.service.ts',
        find: "  if (row.scan === 'checking') throw new ProblemError('file-checking', { retryAfterSeconds: 10 });\n",
        replace: '',
      },
    ],
  },
  {
    attack: 'T42',
    title: 'As much room is made as a picture says it needs',
    patches: [
      {
        file: 'apps/api/src/gateways/file-inspector.ts',
        find: "if (size === 0) throw new ProblemError('file-empty');",
        replace: `if (size === 0) throw new ProblemError('file-empty');
      if (head.toString('latin1', 1, 4) === 'PNG') Buffer.alloc((head.readUInt32BE(16) * head.readUInt32BE(20)) / 4, 1);`,
      },
    ],
  },
  {
    attack: 'T43',
    title: 'A file that is too long is cut and kept',
    patches: [
      {
        file: 'apps/api/src/plugins/multipart.ts',
        find: "  file.once('limit', () => file.destroy(tooLarge()));\n",
        replace: '',
      },
      {
        file: 'apps/api/src/plugins/multipart.ts',
        find: '      if (file.truncated) throw tooLarge();\n',
        replace: '',
      },
    ],
  },
  {
    attack: 'T44',
    title: 'Half a file stays when its sender breaks off',
    patches: [
      {
        file: 'apps/api/src/gateways/disk-file-store.ts',
        find: '        await rm(arriving, { force: true });\n',
        replace: '',
      },
    ],
  },
  {
    attack: 'T45',
    title: 'Who may upload is settled once everything has arrived',
    patches: [
      {
        file: 'apps/api/src/modules/attachments/uploads.service.ts',
        find: 'if (!before) await requireRoom(tx, actor, talkId, 0);',
        replace: '',
      },
    ],
  },
  {
    attack: 'T46',
    title: 'Answers may be kept for a minute',
    patches: [
      {
        file: 'apps/api/src/plugins/security-headers.ts',
        find: "'cache-control': 'no-store',",
        replace: "'cache-control': 'private, max-age=60',",
      },
    ],
  },
];
