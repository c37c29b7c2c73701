import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './root.ts';
import { readSignIns } from './stack/sign-ins.ts';

const pages = globSync(['*.md', 'docs/**/*.md', 'apps/*/*.md', 'packages/*/*.md'], { cwd: root });
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

describe('the documentation', () => {
  test.each(pages)('%s: what it links to is there', (page) => {
    const targets = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '');
    const missing = targets.filter((target) => !existsSync(join(root, dirname(page), target)));
    expect(missing).toEqual([]);
  });

  test.each(['README.md', 'CONTRIBUTING.md', 'docs/deployment.md', 'docs/operations.md'])(
    '%s: the commands that it names exist',
    (page) => {
      const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
      const named = [...textOf(page).matchAll(/pnpm(?:@12)? (?!exec\b|--filter\b)([a-z:-]+)/g)].map(
        (match) => match[1] ?? '',
      );
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => !(name in scripts))).toEqual([]);
    },
  );

  test('README.md lists everyone who can sign in, with the password that works', async () => {
    const readme = textOf('README.md');
    for (const { name, email, password } of await readSignIns()) {
      expect(readme).toContain(`| ${name}`);
      expect(readme).toContain(`\`${email}\``);
      expect(readme).toContain(`\`${password}\``);
    }
  });
});
