import { describe, expect, it } from 'vitest';
import { codeSpeech, codeText } from './code-words.ts';

describe('the text with a code', () => {
  it.each(['en', 'es'] as const)(
    'fits two segments in %s and ends with the line that binds it to the portal',
    (language) => {
      const text = codeText(language, '012345', 'patient.example.com');
      expect(text.split('\n').at(-1)).toBe('@patient.example.com #012345');
      expect(text.length).toBeLessThanOrEqual(306);
      expect(text).toMatchSnapshot();
    },
  );
});

describe('the call with a code', () => {
  it.each(['en', 'es'] as const)('says each digit three times in %s, with a breath after it', (language) => {
    const spoken = codeSpeech(language, '012345');
    const said = spoken.flatMap((part) => ('say' in part ? [part.say] : []));
    expect(said.filter((words) => /^\d$/.test(words)).join('')).toBe('012345'.repeat(3));
    expect(spoken.filter((part) => 'pause' in part)).toHaveLength(19);
  });
});
