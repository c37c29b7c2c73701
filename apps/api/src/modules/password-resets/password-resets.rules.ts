import type { PasswordReset } from '@casetalk/contract';

/** In seconds: the emailed link, and the browser's flow without a request and in all. */
export const resetLife = { link: 3600, idle: 30 * 60, flow: 2 * 3600 } as const;

/** Resets that one address may ask for. `fingerprint` is a keyed hash, so that unknown addresses count alike. */
export const requestRate = (fingerprint: string) => ({
  key: `password-reset:${fingerprint}`,
  seconds: 3600,
  cap: 3,
});

export interface LinkFacts {
  readonly used: boolean;
  readonly overdue: boolean;
}

export const resetLinkStatus = ({ used, overdue }: LinkFacts): 'usable' | 'used' | 'expired' =>
  used ? 'used' : overdue ? 'expired' : 'usable';

export const resetStep = (facts: {
  readonly used: boolean;
  readonly verified: boolean;
  readonly codeUnderWay: boolean;
}): PasswordReset['step'] => {
  if (facts.used) return 'done';
  if (facts.verified) return 'password';
  return facts.codeUnderWay ? 'code' : 'method';
};
