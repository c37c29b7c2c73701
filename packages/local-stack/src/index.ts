export { PlainError } from './plain-error.ts';
export { anyFreePort, firstFreePort } from './ports.ts';
export {
  cloneDatabase,
  createDatabase,
  dropDatabase,
  hasDatabase,
  urlOfDatabase,
  urlOfRole,
} from './postgres/databases.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres/server.ts';
