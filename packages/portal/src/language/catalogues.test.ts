import { problems } from '@casetalk/contract';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { en } from './en/index.ts';
import { es } from './es/index.ts';

const gaps = (sentence: string): string[] => (sentence.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the shared catalogues', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
  });

  it('leave the same gaps in both languages', () => {
    const gapsOf = (catalogue: Readonly<Record<string, string>>) =>
      Object.entries(catalogue).map(([key, sentence]) => [key, ...gaps(sentence)].join(' '));
    expect(gapsOf(es).sort()).toEqual(gapsOf(en).sort());
  });

  it('say nothing empty', () => {
    expect([...Object.values(en), ...Object.values(es)].filter((sentence) => sentence.trim() === '')).toEqual(
      [],
    );
  });

  it('have words for every problem that the API may answer', () => {
    const codes = [...Object.keys(problems), 'unreachable'];
    expect(codes.filter((code) => !(`problem.${code}` in en))).toEqual([]);
  });

  it('count in both languages', async () => {
    const words = createInstance();
    await words.init({
      lng: 'en',
      ns: ['shared'],
      defaultNS: 'shared',
      keySeparator: false,
      nsSeparator: false,
      resources: { en: { shared: en }, es: { shared: es } },
    });
    expect(words.t('talk.jump', { count: 1 })).toBe('1 new message, jump');
    expect(words.t('talk.jump', { count: 3, lng: 'es' })).toBe('3 mensajes nuevos, ir');
  });
});
