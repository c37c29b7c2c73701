import { createHmac, randomBytes } from 'node:crypto';
import bcrypt from 'bcryptjs';
import { afterEach, describe, expect, it } from 'vitest';
import { createPasswordHasher, type HasherSettings, type PasswordHasher } from './password-hasher.ts';

const password = 'seven quiet lanterns';
const newPepper = (): string => randomBytes(32).toString('base64');
const open: PasswordHasher[] = [];
afterEach(async () => {
  for (const hasher of open.splice(0)) await hasher.close();
});

function hasherOf(settings: HasherSettings): PasswordHasher {
  const hasher = createPasswordHasher(settings);
  open.push(hasher);
  return hasher;
}

describe('a hash of a password', () => {
  it('opens to this password and to no other', async () => {
    const hasher = hasherOf({ pepper: newPepper(), cost: 4 });
    const hash = await hasher.hash(password);
    expect(await hasher.verify(password, hash)).toBe(true);
    expect(await hasher.verify(`${password}.`, hash)).toBe(false);
    expect(await hasher.verify(password, null)).toBe(false);
    expect(hasher.isOutdated(hash)).toBe(false);
  });

  it('is worth nothing without its pepper', async () => {
    const hash = await hasherOf({ pepper: newPepper(), cost: 4 }).hash(password);
    const stranger = hasherOf({ pepper: newPepper(), cost: 4 });
    await expect(stranger.verify(password, hash)).rejects.toThrow(/PASSWORD_FORMER_PEPPERS/);
  });

  it('of a former pepper still opens, and is to be made anew', async () => {
    const former = newPepper();
    const hash = await hasherOf({ pepper: former, cost: 4 }).hash(password);
    const hasher = hasherOf({ pepper: newPepper(), formerPeppers: [newPepper(), former], cost: 4 });
    expect(await hasher.verify(password, hash)).toBe(true);
    expect(await hasher.verify('another password entirely', hash)).toBe(false);
    expect(hasher.isOutdated(hash)).toBe(true);
  });

  it('of another cost still opens, and is to be made anew', async () => {
    const pepper = newPepper();
    const hash = await hasherOf({ pepper, cost: 4 }).hash(password);
    const hasher = hasherOf({ pepper, cost: 5 });
    expect(await hasher.verify(password, hash)).toBe(true);
    expect(hasher.isOutdated(hash)).toBe(true);
    expect(hasher.isOutdated(await hasher.hash(password))).toBe(false);
  });

  it('from before peppers had ids opens with the oldest one, and is to be made anew', async () => {
    const oldest = newPepper();
    const text = createHmac('sha384', Buffer.from(oldest, 'base64')).update(password).digest('base64');
    const hash = `v1:${bcrypt.hashSync(text, 4)}`;
    for (const settings of [
      { pepper: oldest, cost: 4 },
      { pepper: newPepper(), formerPeppers: [newPepper(), oldest], cost: 4 },
    ]) {
      const hasher = hasherOf(settings);
      expect(await hasher.verify(password, hash)).toBe(true);
      expect(hasher.isOutdated(hash)).toBe(true);
    }
  });
});
