import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

interface Snippet {
  readonly file: string;
  readonly code: string;
  /** The beginning of the sentence that refuses it; without one the snippet is welcome. */
  readonly refused?: string;
}

const refused: readonly Required<Snippet>[] = [
  {
    file: 'packages/contract/src/a.ts',
    code: "import fastify from 'fastify';",
    refused: 'The contract is zod',
  },
  { file: 'packages/contract/src/b.ts', code: "export * from 'node:path';", refused: 'The contract is zod' },
  { file: 'packages/client/src/a.ts', code: "import { z } from 'zod';", refused: 'The client knows' },
  { file: 'packages/client/src/b.ts', code: "import '@casetalk/portal';", refused: 'The client knows' },
  { file: 'packages/ui/src/a.ts', code: "import '@casetalk/contract';", refused: 'ui draws; it knows' },
  { file: 'packages/ui/src/b.ts', code: "import '@tanstack/react-query';", refused: 'ui draws; data' },
  { file: 'packages/ui/src/c.ts', code: "import 'react-router';", refused: 'ui draws; data' },
  { file: 'packages/portal/src/a.ts', code: "import '@casetalk/patient';", refused: 'Nobody imports an app' },
  { file: 'packages/portal/src/b.ts', code: "import '@casetalk/local-stack';", refused: 'What both portals' },
  { file: 'apps/patient/src/a.ts', code: "import '@casetalk/clinician';", refused: 'Nobody imports an app' },
  { file: 'apps/patient/src/b.ts', code: "import '@casetalk/local-stack';", refused: 'A portal knows' },
  {
    file: 'apps/clinician/src/a.ts',
    code: "import '../../patient/src/x.ts';",
    refused: 'A workspace is entered',
  },
  {
    file: 'apps/clinician/src/b.ts',
    code: "void import('@casetalk/api');",
    refused: 'Nobody imports an app',
  },
  { file: 'e2e/a.ts', code: "import '@casetalk/api';", refused: 'Nobody imports an app' },
  { file: 'e2e/b.ts', code: "import '../packages/ui/src/index.ts';", refused: 'A workspace is entered' },
  { file: 'apps/api/src/a.ts', code: "import '@casetalk/client';", refused: 'The API knows' },
  {
    file: 'apps/api/src/m.ts',
    code: "import '@casetalk/mailroom/client';",
    refused: 'Nobody imports an app',
  },
  { file: 'apps/mailroom/src/a.ts', code: "import '@casetalk/contract';", refused: 'The mailroom stands in' },
  {
    file: 'packages/local-stack/src/a.ts',
    code: "import '@casetalk/client';",
    refused: 'The local stack starts',
  },
  {
    file: 'packages/local-stack/src/b.ts',
    code: "import '@casetalk/api';",
    refused: 'Nobody imports an app',
  },
  { file: 'apps/api/src/jobs/a.ts', code: "import twilio from 'twilio';", refused: 'Vendor SDKs' },
  { file: 'apps/api/src/jobs/b.ts', code: "import '@sendgrid/mail';", refused: 'Vendor SDKs' },
  {
    file: 'apps/api/src/jobs/c.ts',
    code: "import '../modules/talks/talks.service.ts';",
    refused: 'A module is',
  },
  {
    file: 'apps/api/src/modules/cases/a.ts',
    code: "export { x } from '../talks/talks.repository.ts';",
    refused: 'A module is',
  },
  {
    file: 'apps/api/src/modules/cases/cases.rules.ts',
    code: "import { now } from '../../gateways/clock.ts';",
    refused: 'Rules, policies and presenters',
  },
  {
    file: 'apps/api/src/modules/cases/cases.policy.ts',
    code: "import { x } from './cases.repository.ts';",
    refused: 'Rules, policies and presenters',
  },
  {
    file: 'apps/api/src/modules/cases/cases.routes.ts',
    code: "import { x } from './cases.repository.ts';",
    refused: 'Routes speak',
  },
  {
    file: 'apps/api/src/modules/files/files.routes.ts',
    code: "import { createStore } from '../../gateways/file-store.ts';",
    refused: 'Routes are handed',
  },
  {
    file: 'apps/api/src/modules/cases/cases.service.ts',
    code: "import type { FastifyRequest } from 'fastify';",
    refused: 'A service does one act',
  },
  {
    file: 'apps/api/src/modules/cases/cases.repository.ts',
    code: "import { x } from './cases.service.ts';",
    refused: 'A repository reads',
  },
  {
    file: 'apps/api/src/gateways/a.ts',
    code: "import '../modules/talks/index.ts';",
    refused: 'A gateway knows',
  },
  {
    file: 'apps/patient/src/features/talks/a.ts',
    code: "import '../account/form.ts';",
    refused: 'Features never import',
  },
  {
    file: 'apps/api/src/b.ts',
    code: 'export const level = process.env.LOG_LEVEL;',
    refused: 'Only settings.ts',
  },
  { file: 'e2e/c.ts', code: "export const ci = process.env['CI'];", refused: 'Only settings.ts' },
  { file: 'apps/mailroom/src/b.ts', code: 'const { env } = process;', refused: 'Only settings.ts' },
  {
    file: 'apps/mailroom/src/c.ts',
    code: "import { env } from 'node:process';",
    refused: 'Only settings.ts',
  },
  { file: 'apps/api/src/c.ts', code: 'export const q = sql.raw(text);', refused: 'sql.raw trusts' },
  { file: 'apps/patient/src/c.ts', code: "void fetch('/v1/me');", refused: 'A portal reaches' },
  { file: 'packages/portal/src/c.ts', code: "void window.fetch('/v1/me');", refused: 'A portal reaches' },
  { file: 'apps/clinician/src/c.ts', code: "new EventSource('/v1/events');", refused: 'A portal reaches' },
];

const welcome: readonly Snippet[] = [
  { file: 'packages/contract/src/ok.ts', code: "import { z } from 'zod';\nexport * from './cases.ts';" },
  { file: 'packages/client/src/ok.ts', code: "import '@casetalk/contract';\nvoid fetch('/v1/me');" },
  { file: 'packages/ui/src/ok.ts', code: "import '@mantine/core';" },
  { file: 'packages/portal/src/ok.ts', code: "import '@casetalk/client';\nimport '@casetalk/ui';" },
  { file: 'apps/patient/src/ok.ts', code: "import '@casetalk/portal';\nimport './features/talks/a.ts';" },
  { file: 'apps/patient/src/features/talks/ok.ts', code: "import './list.ts';\nimport '../../lib/x.ts';" },
  { file: 'apps/api/src/gateways/ok.ts', code: "import twilio from 'twilio';\nimport '@sendgrid/mail';" },
  { file: 'apps/api/src/settings.ts', code: 'export const level = process.env.LOG_LEVEL;' },
  { file: 'apps/api/src/ok.test.ts', code: "import '@casetalk/client';\nimport '@casetalk/local-stack';" },
  {
    file: 'apps/api/src/modules/cases/ok.ts',
    code: "import '../talks/index.ts';\nimport './cases.rules.ts';",
  },
  {
    file: 'apps/api/src/modules/files/ok.routes.ts',
    code: "import type { FileStore } from '../../gateways/file-store.ts';",
  },
  {
    file: 'apps/api/src/modules/cases/ok.rules.ts',
    code: "import type { Case } from './cases.repository.ts';\nimport { limits } from '@casetalk/contract';",
  },
  {
    file: 'apps/api/test/support/ok.ts',
    code: "import '@casetalk/mailroom';\nimport '@casetalk/client';",
  },
  { file: 'e2e/ok.ts', code: "import '@casetalk/mailroom/client';\nimport '@casetalk/client';" },
];

interface Diagnostic {
  readonly message: string;
  readonly filename: string;
}

let folder: string;
let found: readonly Diagnostic[];

/** Runs the real linter, with the real configuration's house rules, over a folder laid out like ours. */
async function lint(cwd: string): Promise<readonly Diagnostic[]> {
  const config = JSON.parse(await readFile(join(root, '.oxlintrc.json'), 'utf8')) as {
    rules: Record<string, unknown>;
  };
  const houseRules = Object.entries(config.rules).filter(([name]) => name.startsWith('casetalk/'));
  await writeFile(
    join(cwd, '.oxlintrc.json'),
    JSON.stringify({
      plugins: [],
      categories: { correctness: 'off' },
      jsPlugins: [join(import.meta.dirname, 'plugin.ts')],
      rules: Object.fromEntries(houseRules),
    }),
  );
  const output = await new Promise<string>((done) => {
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    execFile(process.execPath, [oxlint, '--format', 'json'], { cwd }, (_failure, stdout) => done(stdout));
  });
  return (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boundaries-'));
  for (const { file, code } of [...refused, ...welcome]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${code}\n`);
  }
  found = await lint(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const sentencesFor = (file: string): string[] =>
  found.filter((one) => one.filename === file).map((one) => one.message);

describe('the linter refuses', () => {
  test.each(refused)('$file: $code', ({ file, refused: sentence }) => {
    expect(sentencesFor(file)).toEqual([expect.stringMatching(`^${sentence.replaceAll('.', '\\.')}`)]);
  });
});

describe('the linter welcomes', () => {
  test.each(welcome)('$file', ({ file }) => {
    expect(sentencesFor(file)).toEqual([]);
  });
});
