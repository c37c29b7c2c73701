import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { ProblemError } from '../problem-error.ts';
import type { PhoneNumbers } from './phone-numbers.ts';

/** Line types that cost whoever calls them, or that reach no person. */
const refusedTypes = new Set([
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'UAN',
  'PAGER',
  'VOICEMAIL',
  'PERSONAL_NUMBER',
]);

/**
 * Reads numbers with libphonenumber's full metadata.
 * @param countries ISO 3166-1 codes; the first is meant when a number names no country
 */
export function createPhoneNumbers(countries: readonly string[]): PhoneNumbers {
  const allowed = countries.filter((country): country is CountryCode => isSupportedCountry(country));
  const [home] = allowed;
  if (!home) throw new Error('PHONE_COUNTRIES names no country that is known, such as US.');

  const refuse = (pointer: string, detail: string): ProblemError =>
    new ProblemError('phone-refused', { errors: [{ pointer, in: 'body', detail }] });

  return {
    parse(text, kind, pointer) {
      const number = parsePhoneNumberFromString(text, { defaultCountry: home, extract: false });
      if (!number?.isValid() || number.ext) {
        throw refuse(pointer, 'Enter a phone number, like (415) 555-0142');
      }
      if (!number.country || !allowed.includes(number.country)) {
        throw refuse(pointer, 'Codes cannot be sent to numbers of this country');
      }
      const type = number.getType();
      if (type && refusedTypes.has(type))
        throw refuse(pointer, 'Codes cannot be sent to this kind of number');
      if (kind === 'mobile' && type === 'FIXED_LINE') {
        throw refuse(pointer, 'This is a landline number. Text messages cannot reach it');
      }
      return number.number;
    },
  };
}
