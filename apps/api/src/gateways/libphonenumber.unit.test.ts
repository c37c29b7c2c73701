import { describe, expect, it } from 'vitest';
import { createPhoneNumbers } from './libphonenumber.ts';

const phoneNumbers = createPhoneNumbers(['US', 'CA']);

describe('phone numbers', () => {
  it.each(['(415) 555-0142', '415 555 0142', '+1 415-555-0142', '1.415.555.0142'])('reads %s', (text) => {
    expect(phoneNumbers.parse(text, 'mobile', '/mobile')).toBe('+14155550142');
  });

  it.each([
    ['a number of another country', '+44 20 7946 0018'],
    ['a country that shares the calling code', '876 234 5678'],
    ['a premium number', '900 234 5678'],
    ['a toll-free number', '(800) 555-0199'],
    ['a number with an extension', '415 555 0142 ext 3'],
    ['a number that is too short', '12345'],
    ['words around a number', 'call 415 555 0142'],
  ])('refuses %s', (_, text) => {
    expect(() => phoneNumbers.parse(text, 'landline', '/landline')).toThrowError(
      expect.objectContaining({
        code: 'phone-refused',
        extras: { errors: [expect.objectContaining({ pointer: '/landline', in: 'body' })] },
      }),
    );
  });

  it('refuses to work with countries that do not exist', () => {
    expect(() => createPhoneNumbers(['XX'])).toThrow(/PHONE_COUNTRIES/);
  });
});
