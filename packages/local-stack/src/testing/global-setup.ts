import { inheritedEnvironment } from '../settings.ts';
import { ADMIN_VARIABLE, startTestServer, TEMPLATE_VARIABLE } from './template.ts';

/**
 * Vitest's global set-up for tests that need PostgreSQL. `pnpm test` has started one for all; a run of one
 * package's tests alone starts its own.
 */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  const environment = inheritedEnvironment() as Record<string, string | undefined>;
  if (environment[ADMIN_VARIABLE] !== undefined) return undefined;
  const server = await startTestServer((line) => console.error(line));
  environment[ADMIN_VARIABLE] = server.adminUrl;
  environment[TEMPLATE_VARIABLE] = server.template;
  return async () => {
    environment[ADMIN_VARIABLE] = undefined;
    await server.stop();
  };
}
