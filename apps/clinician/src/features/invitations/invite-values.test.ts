import { describe, expect, test } from 'vitest';
import { en } from '../../lib/words/en/index.ts';
import type { ClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { checkInvite, emptyInvite, inviteBodyOf } from './invite-values.ts';

const t: ClinicianWords = (key) => (key in en ? en[key as keyof typeof en] : key);
const filled = { ...emptyInvite, email: 'ana@example.com', confirmEmail: 'ana@example.com' };

describe('the invite form', () => {
  test('may go when both addresses are the same, whatever their case and edges', () => {
    expect(checkInvite({ ...filled, confirmEmail: ' Ana@Example.com ' }, t)).toEqual({});
  });

  test('tells every mistake in the order of the fields', () => {
    const errors = checkInvite(
      { ...filled, email: 'ana@', confirmEmail: 'anna@example.com', mobile: 'abc' },
      t,
    );
    expect(Object.entries(errors)).toEqual([
      ['email', 'Enter an email address in the correct format, like name@example.com'],
      ['confirmEmail', 'The email addresses do not match'],
      ['mobile', 'Enter a phone number, like (415) 555-0142'],
    ]);
  });

  test('takes a phone number as people write it', () => {
    expect(checkInvite({ ...filled, mobile: '(415) 555-0142', landline: '415.555.0177' }, t)).toEqual({});
  });

  test('sends no number where none was typed', () => {
    expect(inviteBodyOf({ ...filled, mobile: ' ' })).toMatchObject({ mobile: null, landline: null });
  });
});
