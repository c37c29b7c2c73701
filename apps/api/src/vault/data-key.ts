import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { SealBroken } from './seal-broken.ts';

/** The columns whose values are sealed. Part of what each value is bound to. */
export type SealedColumn =
  | 'messages.body'
  | 'attachments.name'
  | 'doctor_talk_messages.body'
  | 'case_attachments.name'
  | 'drafts.body'
  | 'resumable_uploads.name';

/** The first byte of every sealed text, and part of what it is bound to. */
const version = 1;
const nonceLength = 12;
const tagLength = 16;
const bodyStart = 1 + nonceLength;
const cipherOptions = { authTagLength: tagLength } as const;

/**
 * The key of one talk or case, ready for use. Texts and files are sealed with keys derived from it (HKDF, RFC 5869), so
 * that the nonces of one never meet those of the other.
 */
export interface DataKey {
  readonly ownerId: string;
  /**
   * Seals a text for one column of one row: version, random 96-bit nonce, AES-256-GCM ciphertext, tag. A row's id names
   * it within its column; moved to another row, column or talk it does not open.
   */
  sealText(column: SealedColumn, rowId: string, text: string): Buffer;
  /** @throws SealBroken */
  openText(column: SealedColumn, rowId: string, sealed: Buffer): string;
  /** The key of one file's bytes. */
  fileKey(fileId: string): KeyObject;
}

const derive = (root: Buffer | KeyObject, use: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', root, '', use, 32)));

const bindingOf = (column: SealedColumn, rowId: string, ownerId: string): Buffer =>
  Buffer.from(`${column.replace('.', '|')}|${rowId}|${ownerId}|${version}`, 'latin1');

/** @param secret 32 random bytes; overwritten here, so that only the keys made of them stay in memory */
export function createDataKey(secret: Buffer, ownerId: string): DataKey {
  const texts = derive(secret, 'casetalk texts 1');
  const files = derive(secret, 'casetalk files 1');
  secret.fill(0);

  return {
    ownerId,
    sealText(column, rowId, text) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', texts, nonce).setAAD(bindingOf(column, rowId, ownerId));
      const sealed = cipher.update(text, 'utf8');
      cipher.final();
      return Buffer.concat([Buffer.of(version), nonce, sealed, cipher.getAuthTag()]);
    },

    openText(column, rowId, sealed) {
      try {
        if (sealed[0] !== version) throw new SealBroken('of a form that is not known');
        const nonce = sealed.subarray(1, bodyStart);
        const decipher = createDecipheriv('aes-256-gcm', texts, nonce, cipherOptions);
        decipher.setAAD(bindingOf(column, rowId, ownerId));
        decipher.setAuthTag(sealed.subarray(-tagLength));
        const plain = decipher.update(sealed.subarray(bodyStart, -tagLength));
        // Throws unless every bit is as it was sealed; until then nothing of it is looked at.
        decipher.final();
        return plain.toString('utf8');
      } catch {
        throw new SealBroken(`${column} ${rowId} of ${ownerId}`);
      }
    },

    fileKey: (fileId) => derive(files, `casetalk file 1|${fileId}`),
  };
}
