import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/**
 * A key of its own for each use, from the server's one key (HKDF, RFC 5869): what leaks of one use says nothing of another.
 * @param root 32 bytes in base64
 */
export const deriveKey = (root: string, use: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', Buffer.from(root, 'base64'), '', use, 32)));
