import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './root.ts';

const folder = join(root, 'docs/security');
const textOf = (page: string): string => readFileSync(join(folder, page), 'utf8');
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:)([^)#\s]*)/g)].map(([, target]) => target ?? '');
/** The cells of every row of a page's tables whose first cell looks like this. */
const rowsOf = (page: string, first: RegExp): string[][] =>
  textOf(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
    .filter(([cell = '']) => first.test(cell));

describe('asvs.md', () => {
  const { level1, level2 } = JSON.parse(textOf('asvs-5.0.0.json')) as Record<'level1' | 'level2', string[]>;
  const rows = rowsOf('asvs.md', /^\d+\.\d+\.\d+$/);

  test('has every requirement of levels 1 and 2, each once and at its level', () => {
    const listed = rows.map(([number, level]) => `${number} ${level}`);
    const wanted = [...level1.map((number) => `${number} 1`), ...level2.map((number) => `${number} 2`)];
    expect(wanted).toHaveLength(253);
    expect(listed.toSorted()).toEqual(wanted.toSorted());
  });

  test('says of each how it is met and where, or why not', () => {
    const unproved = rows.filter(([, , standing, , how = '']) => {
      if (standing === 'met') return how === '';
      if (standing === 'not applicable') return how.length < 5;
      return standing !== 'deviation' || how.length < 60;
    });
    expect(unproved).toEqual([]);
    const withoutEvidence = rows.filter(
      ([number, , standing, , how = '']) =>
        standing === 'met' && linksIn(how).length === 0 && number !== '1.4.1',
    );
    expect(withoutEvidence).toEqual([]);
  });

  test('counts right', () => {
    const count = (standing: string): number => rows.filter((row) => row[2] === standing).length;
    expect(textOf('asvs.md')).toContain(
      `**Met: ${count('met')}. Not applicable: ${count('not applicable')}. Deviations: ${count('deviation')}**`,
    );
  });
});

describe('threat-model.md', () => {
  const rows = rowsOf('threat-model.md', /^T\d+$/);

  test('has every threat from T1 to T54 once, in order', () => {
    expect(rows.map(([number]) => number)).toEqual(Array.from({ length: 54 }, (_, index) => `T${index + 1}`));
  });

  test('names the source that holds each, and what proves it', () => {
    const unproved = rows.filter(([, , defence = '', proof = '']) => {
      const hasSource = linksIn(defence).length > 0;
      return !hasSource || (linksIn(proof).length === 0 && !proof.includes('`pnpm '));
    });
    expect(unproved).toEqual([]);
  });
});

describe('parameters.md', () => {
  /** A link to a file, and after it what stands there. */
  const places = rowsOf('parameters.md', /./).flatMap(([parameter = '', , where = '']) =>
    [...where.matchAll(/\]\(([^)]+)\)((?:,? ?`[^`]+`)+)/g)].map(
      ([, file = '', texts = '']) =>
        [parameter, file, [...texts.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)] as const,
    ),
  );
  const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

  test('names many places', () => {
    expect(places.length).toBeGreaterThan(60);
  });

  test.each(places)('%s: %s has what the page says', (_, file, texts) => {
    const source = onOneLine(readFileSync(join(folder, file), 'utf8'));
    expect(texts.filter((text) => !source.includes(onOneLine(text)))).toEqual([]);
  });
});

test.each(['README.md', 'asvs.md', 'hipaa.md', 'parameters.md', 'threat-model.md'])(
  '%s: headings that are linked to are there',
  (page) => {
    const targets = [...textOf(page).matchAll(/\]\(([^)#\s]*\.md)?#([\w-]+)\)/g)];
    const missing = targets.filter(([, file = page, heading = '']) => {
      const path = join(folder, dirname(page), file);
      if (!existsSync(path)) return true;
      const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
        text
          .toLowerCase()
          .replaceAll(/[^\w\s-]/g, '')
          .trim()
          .replaceAll(/\s/g, '-'),
      );
      return !headings.includes(heading);
    });
    expect(missing).toEqual([]);
  },
);
