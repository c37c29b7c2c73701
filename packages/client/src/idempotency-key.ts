import { uuidv7 } from 'uuidv7';

/**
 * A key for an act that must happen once however often it is asked for. A UUIDv7 (RFC 9562 §5.7): any UUID would do, but
 * keys that grow with time lie side by side in the index that looks for them.
 */
export const newIdempotencyKey = (): string => uuidv7();
