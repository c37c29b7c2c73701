import { randomBytes } from 'node:crypto';
import { cloneDatabase, dropDatabase } from '../postgres/databases.ts';
import { inheritedEnvironment } from '../settings.ts';
import { type DatabaseUrls, urlsOn } from '../stack/database.ts';
import { ADMIN_VARIABLE, TEMPLATE_VARIABLE } from './template.ts';

export interface TestDatabase extends DatabaseUrls {
  /** The administrator's way into it, past row-level security: for arranging and for looking behind the API. */
  readonly adminUrl: string;
  /** Ends every session in it and drops it. */
  readonly drop: () => Promise<void>;
}

/** The server that tests share, and the migrated database to clone. Throws outside a run that has one. */
export function testServer(): { readonly adminUrl: string; readonly template: string } {
  const { [ADMIN_VARIABLE]: adminUrl, [TEMPLATE_VARIABLE]: template } = inheritedEnvironment();
  if (adminUrl === undefined || template === undefined) {
    throw new Error(
      'These tests need a PostgreSQL: add local-stack/src/testing/global-setup.ts to globalSetup.',
    );
  }
  return { adminUrl, template };
}

/**
 * A migrated, empty database for the calling test file alone: a copy of the template, made in some 30 ms. Its name
 * carries the number of vitest's worker, so that a database left behind tells whose it was.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = testServer();
  const worker = inheritedEnvironment()['VITEST_POOL_ID'] ?? '0';
  const name = `test_${worker}_${randomBytes(4).toString('hex')}`;
  const ownAdminUrl = await cloneDatabase(adminUrl, template, name);
  return { ...urlsOn(adminUrl, name), adminUrl: ownAdminUrl, drop: () => dropDatabase(adminUrl, name) };
}
