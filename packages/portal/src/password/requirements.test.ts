import { describe, expect, it } from 'vitest';
import { requirementsOf, type RequirementId } from './requirements.ts';

const good = 'river candle otter plaza';
const met = (...input: Parameters<typeof requirementsOf>): RequirementId[] =>
  requirementsOf(...input)
    .filter((item) => item.met)
    .map((item) => item.id);

describe('the checklist of a new password', () => {
  it('starts with nothing met', () => {
    expect(met('', '', { words: [] }, undefined)).toEqual([]);
  });

  it('waits for the API before it calls a password uncommon', () => {
    expect(met(good, '', { words: [] }, undefined)).toEqual(['length', 'notPersonal', 'notRepetitive']);
    expect(met(good, '', { words: [] }, { notCommon: true })).toContain('notCommon');
  });

  it('believes the API where it knows more', () => {
    expect(met(good, good, { words: [] }, { notCommon: true, notPersonal: false })).toEqual([
      'length',
      'notCommon',
      'notRepetitive',
      'same',
    ]);
  });

  it('meets all five with a good password entered twice', () => {
    expect(met(good, good, { words: ['Ana Ruiz'] }, { notCommon: true })).toHaveLength(5);
  });
});
