import { limits } from '@casetalk/contract';

/**
 * Spares a round trip where a text cannot be right. The contract's schemas are the API's to apply; leaving them out keeps
 * a whole library away from a phone that only wants to sign in.
 */

/** Whether a text may be an email address. */
export const looksLikeEmail = (text: string): boolean =>
  text.trim().length <= limits.emailLength && /^[^\s@"(),:;<>[\]\\]+@[^\s@]+\.[^\s@.]+$/.test(text.trim());

/** Whether a text may be a phone number, as people write one. */
export const looksLikePhone = (text: string): boolean => {
  const digits = text.replaceAll(/\D/g, '').length;
  return digits >= 5 && text.trim().length <= 32 && /^[\d\s().+/-]+$/.test(text.trim());
};

/** Whether a text may be the secret of an emailed link: 32 bytes in base64url. */
export const looksLikeLinkToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);
