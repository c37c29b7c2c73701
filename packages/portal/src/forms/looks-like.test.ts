import { email, linkToken, phoneText } from '@casetalk/contract';
import { describe, expect, it } from 'vitest';
import { looksLikeEmail, looksLikeLinkToken, looksLikePhone } from './looks-like.ts';

describe('what a form refuses before it asks the API', () => {
  it.each(['ana@example.com', ' Ana.Ruiz+talk@sub.example.com ', "o'neil@example.com"])(
    'takes the address %j, as the contract does',
    (text) => {
      expect(email.safeParse(text).success).toBe(true);
      expect(looksLikeEmail(text)).toBe(true);
    },
  );

  it.each(['', 'ana', 'ana@', 'ana@example', 'ana ruiz@example.com', `${'a'.repeat(250)}@example.com`])(
    'refuses the address %j, as the contract does',
    (text) => {
      expect(email.safeParse(text).success).toBe(false);
      expect(looksLikeEmail(text)).toBe(false);
    },
  );

  it.each(['(415) 555-0142', '+1 415 555 0142', '415.555.0142'])('takes the number %j', (text) => {
    expect(phoneText.safeParse(text).success).toBe(true);
    expect(looksLikePhone(text)).toBe(true);
  });

  it.each(['', '12', 'call me', '4155550142415555014241555501424155'])('refuses the number %j', (text) => {
    expect(looksLikePhone(text)).toBe(false);
  });

  it('knows the shape of a link as the contract does', () => {
    for (const text of ['a'.repeat(43), 'a'.repeat(42), `${'a'.repeat(42)}!`, '']) {
      expect(looksLikeLinkToken(text)).toBe(linkToken.safeParse(text).success);
    }
  });
});
