import type { UploadMemory } from '@casetalk/client';
import { keep, kept } from '../device/person-storage.ts';

const nameOf = (fingerprint: string): string => `upload-${fingerprint}`;

/**
 * Remembers in this tab where unfinished uploads are: the same file, chosen again after a reload, goes on where it
 * stopped. Holds an address and a fingerprint, never a file's name.
 */
export const uploadMemoryOf = (personId: string): UploadMemory => ({
  recall(fingerprint) {
    const address = kept(personId, nameOf(fingerprint));
    return typeof address === 'string' ? address : undefined;
  },
  keep: (fingerprint, address) => keep(personId, nameOf(fingerprint), address),
});
