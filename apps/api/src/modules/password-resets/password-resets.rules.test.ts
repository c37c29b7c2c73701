import { describe, expect, it } from 'vitest';
import { resetLinkStatus, resetStep } from './password-resets.rules.ts';

describe('the link of a password reset', () => {
  it('is used rather than expired once a password was set through it', () => {
    expect(resetLinkStatus({ used: true, overdue: true })).toBe('used');
    expect(resetLinkStatus({ used: false, overdue: true })).toBe('expired');
    expect(resetLinkStatus({ used: false, overdue: false })).toBe('usable');
  });
});

describe('the step of a password reset', () => {
  it('asks for the code before the password', () => {
    const fresh = { used: false, verified: false, codeUnderWay: false };
    expect(resetStep(fresh)).toBe('method');
    expect(resetStep({ ...fresh, codeUnderWay: true })).toBe('code');
    expect(resetStep({ ...fresh, verified: true, codeUnderWay: true })).toBe('password');
    expect(resetStep({ ...fresh, verified: true, used: true })).toBe('done');
  });
});
