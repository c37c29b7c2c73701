import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { es } from './es.ts';

const gapsOf = (catalogue: Readonly<Record<string, string>>): string[] =>
  Object.entries(catalogue)
    .map(([key, sentence]) => [key, ...(sentence.match(/\{\{\w+\}\}/g) ?? []).sort()].join(' '))
    .sort();

describe("the patient portal's catalogues", () => {
  it('have the same keys, with the same gaps, in both languages', () => {
    expect(gapsOf(es)).toEqual(gapsOf(en));
  });

  it("keep the product's own words", () => {
    expect(en['header.inbox']).toBe('Secure Inbox');
    expect(en['link.continue']).toBe('Continue');
    expect(en['done.signIn']).toBe('Sign In');
    expect(en['footer.terms']).toBe('Terms of Use');
  });
});
