import { createHash, type Hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { createInspector, type Inspector } from '../../gateways/file-inspector.ts';

/** What is known of an upload's first bytes once they have passed, so that they need not be read again. */
export interface Passed {
  /** How many they are. */
  readonly bytes: number;
  readonly hash: Hash;
  readonly inspector: Inspector;
}

/** Uploads that go on at the same time; of those beyond, the bytes are read again at the end. */
const mostUploads = 2000;

export const nothingPassed = (name: string): Passed => ({
  bytes: 0,
  hash: createHash('sha256'),
  inspector: createInspector(name),
});

/**
 * Remembers between the requests of an upload what this process saw of its bytes. Another process, or this one after a
 * restart, knows nothing of it and reads what is kept.
 */
export function createPassingBytes() {
  const byUpload = new LRUCache<string, Passed>({ max: mostUploads });
  return {
    /** Takes what is known out, for one request alone: it changes while bytes pass. Undefined unless it ends at `offset`. */
    take(uploadId: string, name: string, offset: number): Passed | undefined {
      const passed = offset === 0 ? nothingPassed(name) : byUpload.get(uploadId);
      byUpload.delete(uploadId);
      return passed?.bytes === offset ? passed : undefined;
    },
    /** Puts it back, once all that passed is kept. */
    keep(uploadId: string, passed: Passed): void {
      byUpload.set(uploadId, passed);
    },
  };
}
