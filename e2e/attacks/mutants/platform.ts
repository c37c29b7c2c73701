import type { Mutant } from './mutant.ts';

/** Holes beneath everything: T47 to T54. */
export const platformMutants: readonly Mutant[] = [
  {
    attack: 'T47',
    title: 'What is searched for becomes part of the statement',
    patches: [
      {
        file: 'apps/api/src/modules/cases/case-list.repository.ts',
        find: 'sql`(c.patient_name ilike ${containing(query.search)} or c.title ilike ${containing(query.search)})`',
        replace:
          "sql.raw(`(c.patient_name ilike '${containing(query.search)}' or c.title ilike '${containing(query.search)}')`)",
      },
    ],
  },
  {
    attack: 'T48',
    title: 'The schema holds for one content type, and plain text is read',
    patches: [
      {
        file: 'apps/api/src/plugins/contract-routes.ts',
        find: '...(endpoint.body ? { body: endpoint.body } : {}),',
        replace:
          "...(endpoint.body ? { body: { content: { 'application/json': { schema: endpoint.body } } } } : {}),",
      },
      {
        file: 'apps/api/src/app.ts',
        find: "  app.removeContentTypeParser('text/plain');\n",
        replace: '',
      },
    ],
  },
  {
    attack: 'T49',
    title: 'Heads of requests may take as long as they like',
    patches: [
      {
        file: 'apps/api/src/app.ts',
        find: 'headersTimeout: 5000,',
        replace: 'headersTimeout: 0,',
      },
    ],
  },
  {
    attack: 'T50',
    title: 'Addresses in messages are looked up for a preview',
    patches: [
      {
        file: 'apps/api/src/modules/talks/messages.service.ts',
        find: 'const message: NewMessage = {',
        replace: `if (/^https?:/.test(body.text)) fetch(body.text).catch(() => undefined);
      const message: NewMessage = {`,
      },
    ],
  },
  {
    attack: 'T51',
    title: 'Bodies are logged',
    patches: [
      {
        file: 'apps/api/src/plugins/contract-routes.ts',
        find: 'const output = await handler({',
        replace: "request.log.info({ body: request.body }, 'called');\n      const output = await handler({",
      },
    ],
  },
  {
    attack: 'T51',
    title: 'Addresses of requests are logged with what is searched for',
    patches: [
      {
        file: 'apps/api/src/app.ts',
        find: 'new LogController({ disableRequestLogging: true })',
        replace: 'new LogController({ disableRequestLogging: false })',
      },
    ],
  },
  {
    attack: 'T52',
    title: 'Rows are counted, not compared',
    patches: [
      {
        file: 'apps/api/src/modules/audit/verify-chain.ts',
        find: "return hashAfter(previous, row).equals(link.hash) ? undefined : { kind: 'changed', rowId: row.id };",
        replace: 'return undefined;',
      },
    ],
  },
  {
    attack: 'T52',
    title: 'Rows that nobody sealed are taken as they are',
    patches: [
      {
        file: 'apps/api/src/modules/audit/verify-chain.ts',
        find: "  if (!expected) return { kind: 'removed', rowId: link.id };\n",
        replace: '  if (!expected) return undefined;\n',
      },
    ],
  },
  {
    attack: 'T53',
    title: 'What is sealed is bound to its column alone',
    patches: [
      {
        file: 'apps/api/src/vault/data-key.ts',
        find: "`${column.replace('.', '|')}|${rowId}|${ownerId}|${version}`",
        replace: "`${column.replace('.', '|')}|${rowId === ownerId}|${version}`",
      },
    ],
  },
  {
    attack: 'T53',
    title: 'Words are kept as they are',
    patches: [
      {
        file: 'apps/api/src/vault/data-key.ts',
        find: "const sealed = cipher.update(text, 'utf8');",
        replace: "const sealed = Buffer.concat([cipher.update(''), Buffer.from(text)]);",
      },
      {
        file: 'apps/api/src/vault/data-key.ts',
        find: 'const plain = decipher.update(sealed.subarray(bodyStart, -tagLength));',
        replace:
          'const plain = Buffer.concat([decipher.update(Buffer.alloc(0)), sealed.subarray(bodyStart, -tagLength)]);',
      },
    ],
  },
  {
    attack: 'T53',
    title: 'All files of a talk are sealed alike',
    patches: [
      {
        file: 'apps/api/src/vault/data-key.ts',
        find: 'derive(files, `casetalk file 1|${fileId}`)',
        replace: 'derive(files, `casetalk file 1|${fileId.length}`)',
      },
      {
        file: 'apps/api/src/vault/sealed-bytes.ts',
        find: '`casetalk file|1|${fileId}|${ownerId}|`',
        replace: '`casetalk file|1|${fileId.length}|${ownerId}|`',
      },
    ],
  },
  {
    attack: 'T54',
    title: 'An older fastify',
    patches: [
      {
        file: 'pnpm-lock.yaml',
        find: '  fastify@5.12.8:\n    resolution:',
        replace: '  fastify@5.8.2:\n    resolution:',
      },
    ],
  },
];
