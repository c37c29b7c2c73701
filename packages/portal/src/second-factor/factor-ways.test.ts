import { expect, it } from 'vitest';
import { possibleMethods } from './factor-ways.ts';

it('offers passkeys only where the browser can use them, and keeps the order of the rest', () => {
  const methods = ['passkey', 'authenticator', 'recoveryCode'] as const;
  expect(possibleMethods(methods, true)).toEqual(methods);
  expect(possibleMethods(methods, false)).toEqual(['authenticator', 'recoveryCode']);
});
