import { describe, expect, it } from 'vitest';
import { assuranceOf, mayEnterPhone, numbersOf, stepOf } from './registrations.rules.ts';

const fresh = { verified: false, codeUnderWay: false, termsAccepted: false, ended: false };
const typed = { enteredPhone: '+14155550142', enteredPhoneKind: 'mobile' as const };

describe('the step of a registration', () => {
  it('goes from the method to the code, the terms and the password', () => {
    expect(stepOf(fresh)).toBe('method');
    expect(stepOf({ ...fresh, codeUnderWay: true })).toBe('code');
    expect(stepOf({ ...fresh, verified: true })).toBe('terms');
    expect(stepOf({ ...fresh, verified: true, termsAccepted: true })).toBe('password');
    expect(stepOf({ ...fresh, ended: true })).toBe('done');
  });

  it('asks a new browser for the code again, even after the terms were accepted elsewhere', () => {
    expect(stepOf({ ...fresh, termsAccepted: true })).toBe('method');
  });

  it('does not go back to the code once the number is proved', () => {
    expect(stepOf({ ...fresh, verified: true, codeUnderWay: true })).toBe('terms');
  });
});

describe('the numbers of a registration', () => {
  it('are the clinic’s own when it gave any, whatever the invitee typed', () => {
    const given = { mobile: null, landline: '+14155550177', ...typed };
    expect(mayEnterPhone(given)).toBe(false);
    expect(numbersOf(given)).toEqual({ mobile: null, landline: '+14155550177' });
    expect(assuranceOf(given)).toBe('clinic');
  });

  it('are typed by the invitee only when the clinic gave none', () => {
    const none = { mobile: null, landline: null, ...typed };
    expect(numbersOf(none)).toEqual({ mobile: '+14155550142', landline: null });
    expect(numbersOf({ ...none, enteredPhoneKind: 'landline' })).toEqual({
      mobile: null,
      landline: '+14155550142',
    });
    expect(assuranceOf(none)).toBe('invitee');
  });
});
