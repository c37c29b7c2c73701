import type { Language } from '@casetalk/contract';
import type { Spoken } from '../../gateways/phone.ts';

const readings = 3;

const texts: Readonly<Record<Language, (code: string) => string>> = {
  en: (code) =>
    `Your CaseTalk code is ${code}. It works for 10 minutes. Nobody from the clinic will ask you for it.`,
  es: (code) =>
    `Su código de CaseTalk es ${code}. Sirve durante 10 minutos. Nadie de la clínica se lo pedirá.`,
};

/**
 * The text with a code. Its last line binds the code to the portal's host, so that a phone offers it there and nowhere else
 * (WICG sms-one-time-codes).
 */
export const codeText = (language: Language, code: string, host: string): string =>
  `${texts[language](code)}\n\n@${host} #${code}`;

const calls: Readonly<Record<Language, { greeting: string; code: string; again: string; farewell: string }>> =
  {
    en: {
      greeting: 'Hello. This is CaseTalk with the code that you asked for. Have something to write ready.',
      code: 'Your code is',
      again: 'Once more. Your code is',
      farewell: 'The code works for ten minutes. Nobody from the clinic will ask you for it. Goodbye.',
    },
    es: {
      greeting: 'Hola. Le llama CaseTalk con el código que usted pidió. Tenga a mano algo para escribir.',
      code: 'Su código es',
      again: 'Una vez más. Su código es',
      farewell: 'El código sirve durante diez minutos. Nadie de la clínica se lo pedirá. Adiós.',
    },
  };

/** What is said in the call: the code three times, digit by digit, with a breath after each. */
export function codeSpeech(language: Language, code: string): Spoken[] {
  const words = calls[language];
  const digits = Array.from(code).flatMap((digit): Spoken[] => [{ say: digit }, { pause: 1 }]);
  const all = Array.from({ length: readings }, (_, reading): Spoken[] => [
    { say: reading === 0 ? words.code : words.again },
    ...digits,
  ]);
  return [{ say: words.greeting }, { pause: 2 }, ...all.flat(), { say: words.farewell }];
}
