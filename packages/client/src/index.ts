export { type Client, createClient } from './client.ts';
export { fingerprintOf } from './fingerprint.ts';
export { newIdempotencyKey } from './idempotency-key.ts';
export type { EventSubscription, StreamHandlers } from './events.ts';
export type { CallOptions, ClientSettings } from './request.ts';
export type { Failure, Result, Unreachable } from './result.ts';
export type { ResumableOptions } from './resumable-upload.ts';
export type { UploadOptions } from './upload.ts';
