const unknown = 'The phone company did not deliver it.';
const notReachable = 'The phone was switched off or out of reach.';
const noSuchNumber = 'This number does not exist or cannot be reached.';
const noTexts = 'This number cannot receive text messages.';
const notAllowed = 'Messages to this country or number are not allowed.';

/** Twilio's error codes (twilio.com/docs/api/errors) that people can do something about. */
const reasons: Readonly<Record<number, string>> = {
  13223: noSuchNumber,
  13224: noSuchNumber,
  13227: notAllowed,
  21211: noSuchNumber,
  21214: noSuchNumber,
  21215: notAllowed,
  21217: noSuchNumber,
  21408: notAllowed,
  21610: 'This number has asked not to receive text messages.',
  21612: noTexts,
  21614: noTexts,
  30003: notReachable,
  30004: 'This number does not accept our messages.',
  30005: noSuchNumber,
  30006: 'This number is a landline or cannot receive text messages.',
  30007: 'The phone company filtered the message out.',
  30008: unknown,
  30036: 'It could not be delivered before the code ran out.',
};

/** Why a text or call did not arrive, in plain words. */
export const twilioReason = (code: number): string => reasons[code] ?? unknown;

const callEndings: Readonly<Record<string, string>> = {
  busy: 'The line was busy.',
  'no-answer': 'Nobody answered the call.',
  canceled: 'The call was cancelled.',
  failed: 'The call could not be connected.',
  machine: 'An answering machine picked up, so the call was ended before the code was read.',
};

/** Why a call ended without being heard, by its status. */
export const callEnding = (status: string): string => callEndings[status] ?? unknown;
