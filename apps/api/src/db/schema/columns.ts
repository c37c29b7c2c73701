import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Bytes as PostgreSQL keeps them and Node reads them. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** An instant, with the precision that PostgreSQL gives it. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** A UUIDv7 that the application mints, so that a row's id is known before it is written. */
export const id = (name = 'id') => uuid(name);
