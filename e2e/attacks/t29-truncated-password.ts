import { arranged, type Attack } from './attack.ts';
import { type Account, signIn } from './means/caller.ts';
import { newAccount } from './means/cast.ts';
import { held, hold } from './means/target.ts';
import { codeOf } from './means/wire.ts';

/** 100 characters, of which bcrypt would see 72. */
const long =
  'quiet lanterns over seven harbors, and a plum river that bends twice before it finds the grey sea ok';
/** 40 letters of two bytes each: the cut at 72 bytes would come after 36 of them. */
const wide = 'éàüñçøåßþðœæłđħŧŋĸžšřčěůďťňöäëïâêîôûáíóú';

/** The tail of a long password counts, in characters of one byte and of two. */
export const t29: Attack = {
  id: 'T29',
  title: '72-byte bcrypt truncation',
  async run({ target }) {
    arranged(long.length === 100 && Buffer.byteLength(wide) === 80, 'passwords of 100 and of 80 bytes');
    for (const password of [long, wide]) {
      const account = await newAccount(target, 'patient');
      const first = await signIn(target, account);
      const set = await first.send('PUT', '/v1/me/password', {
        currentPassword: account.password,
        newPassword: password,
      });
      arranged(set.status === 204, `a password of ${Buffer.byteLength(password)} bytes (${set.text})`);
      const open = (attempt: string): Promise<unknown> =>
        signIn(target, { ...account, password: attempt } satisfies Account);
      await open(password);
      const head = Buffer.from(password).subarray(0, 72).toString();
      for (const attempt of [
        head,
        `${head}x`,
        `${head}${'x'.repeat(password.length - head.length)}`,
        password.slice(0, -1),
      ]) {
        const opened = await open(attempt).then(
          () => true,
          () => false,
        );
        hold(!opened, `Signed in with the first 72 bytes and “${attempt.slice(head.length)}”`);
      }
    }
    const account = await newAccount(target, 'patient');
    const same = await (await signIn(target, account)).send('PUT', '/v1/me/password', {
      currentPassword: account.password,
      newPassword: 'é'.repeat(40),
    });
    hold(codeOf(same) === 'password-refused', `40 × “é” was answered with ${same.status}`);
    return held(
      9,
      '100 characters, and 40 of two bytes: 4 other tails each, all refused; 40 × “é” is no password',
    );
  },
};
