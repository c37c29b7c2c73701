import { parseArgs } from 'node:util';
import { settleGenerated } from './generated-file.ts';
import { buildOpenApiDocument } from './openapi/document.ts';
import { environmentExample, settingsPage } from './settings-docs.ts';

/**
 * Writes what is generated from the contract and the settings (`--write`), or fails when it is stale (`--check`).
 */
const { values } = parseArgs({ options: { write: { type: 'boolean' }, check: { type: 'boolean' } } });
if (values.write === values.check) throw new Error('Say either --write or --check.');

const root = new URL('../../../', import.meta.url);
const document = new URL('apps/api/openapi.json', root);
const stale = await settleGenerated(
  [
    { path: document, content: `${JSON.stringify(buildOpenApiDocument(), null, 2)}\n` },
    { path: new URL('docs/settings.md', root), content: settingsPage() },
    { path: new URL('.env.example', root), content: environmentExample() },
  ],
  values.write ? 'write' : 'check',
);
for (const path of stale) process.stderr.write(`${path} is stale: run pnpm openapi.\n`);
process.exitCode = stale.length > 0 ? 1 : 0;
