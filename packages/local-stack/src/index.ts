export { PlainError } from './plain-error.ts';
export { anyFreePort, firstFreePort } from './ports.ts';
export { buildPortals } from './portals/build-portals.ts';
export type { PortalName } from './portals/portal-server.ts';
export {
  cloneDatabase,
  createDatabase,
  dropDatabase,
  hasDatabase,
  urlOfDatabase,
  urlOfRole,
} from './postgres/databases.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres/server.ts';
export { runScript } from './processes/run-script.ts';
export { type Service, startService } from './processes/service.ts';
export { openWatchdog, type Watchdog } from './processes/watchdog.ts';
export { type DatabaseUrls, ensureDatabase } from './stack/database.ts';
export { readSignIns } from './stack/sign-ins.ts';
export { type DatabaseServer, type Stack, type StackOptions, startStack } from './stack/stack.ts';
export { browserArguments, findBrowser } from './testing/browser.ts';
export { type ClamdStandIn, startClamdStandIn } from './testing/clamd-stand-in.ts';
export { type TestDatabase, testDatabase, testServer } from './testing/database.ts';
export { startTestServer, type TestServer } from './testing/template.ts';
