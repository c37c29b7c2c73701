/** Which portal asks: set by the portal's web server, so that cookies of both portals in one jar are never confused. */
export const portalHeader = 'casetalk-portal';

/** Draft-ietf-httpapi-idempotency-key-header: a UUID chosen by the caller for each thing to be created. */
export const idempotencyHeader = 'idempotency-key';

export type Portal = 'clinician' | 'patient';

/** The version of the tus protocol (https://tus.io/protocols/resumable-upload) that resumable uploads speak. */
export const tusVersion = '1.0.0';
