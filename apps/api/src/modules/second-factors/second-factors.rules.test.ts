import { describe, expect, test } from 'vitest';
import { recoveryCode } from '@casetalk/contract';
import { newRecoveryCode } from '../../gateways/random.ts';
import {
  type FactorFacts,
  mayAddPasskey,
  mayRemoveOne,
  methodsOf,
  mustEnrol,
  stepOf,
  writtenCode,
} from './second-factors.rules.ts';

const nothing = { hasAuthenticator: false, passkeys: 0, recoveryCodesLeft: 0 };
const clinician: FactorFacts = { portal: 'clinician', ...nothing };
const patient: FactorFacts = { portal: 'patient', ...nothing };

describe('the second factor', () => {
  test('a clinician without one has to set one up, a patient has the phone', () => {
    expect(mustEnrol(clinician)).toBe(true);
    expect(stepOf(clinician)).toBe('enrolment');
    expect(stepOf(patient)).toBe('secondFactor');
    expect(methodsOf(patient)).toEqual(['phone']);
  });

  test('leftover recovery codes are no factor by themselves', () => {
    expect(methodsOf({ ...clinician, recoveryCodesLeft: 10 })).toEqual([]);
    expect(mustEnrol({ ...clinician, recoveryCodesLeft: 10 })).toBe(true);
  });

  test('what is set up is offered, the best first', () => {
    const all = { ...clinician, hasAuthenticator: true, passkeys: 2, recoveryCodesLeft: 1 };
    expect(methodsOf(all)).toEqual(['passkey', 'authenticator', 'recoveryCode']);
    expect(methodsOf({ ...patient, passkeys: 1 })).toEqual(['passkey', 'phone']);
  });

  test('the last factor of a clinician stays, a patient may go back to the phone alone', () => {
    expect(mayRemoveOne({ ...clinician, passkeys: 1 })).toBe(false);
    expect(mayRemoveOne({ ...clinician, hasAuthenticator: true, recoveryCodesLeft: 9 })).toBe(false);
    expect(mayRemoveOne({ ...clinician, hasAuthenticator: true, passkeys: 1 })).toBe(true);
    expect(mayRemoveOne({ ...patient, passkeys: 1 })).toBe(true);
  });

  test('there is an end to passkeys', () => {
    expect(mayAddPasskey({ ...patient, passkeys: 19 })).toBe(true);
    expect(mayAddPasskey({ ...patient, passkeys: 20 })).toBe(false);
  });

  test('a recovery code is read as it is written, and as people write it', () => {
    const code = newRecoveryCode();
    expect(recoveryCode.parse(writtenCode(code))).toBe(code);
    expect(recoveryCode.parse(` ${code.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'l')} `)).toBe(
      code,
    );
    expect(recoveryCode.safeParse('k7wq-3m9x').success).toBe(false);
  });
});
