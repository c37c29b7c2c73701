const sentence =
  'Thank you for writing; the swelling is less and I slept well, so I will go on with the half tablet. ';

/** What every message of the bench says: 600 characters, all of them one byte long. */
export const messageText: string = sentence.repeat(7).slice(0, 600);
