import { uuidv7 } from 'uuidv7';

/** The one place where ids are made: UUIDv7 (RFC 9562 §5.7), so that new rows land at the end of their indexes. */
export const newId = (): string => uuidv7();
