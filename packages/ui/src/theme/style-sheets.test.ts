import { glob, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { colors } from './tokens.ts';
import { staticCss } from './static-css.ts';

const source = new URL('../', import.meta.url);

/** Our own style sheets by name, without the generated one and the list of Mantine's. */
const sheets: { readonly name: string; readonly css: string }[] = [];
for await (const found of glob('**/*.css', { cwd: source })) {
  const name = found.replaceAll('\\', '/');
  const text = await readFile(new URL(name, source), 'utf8');
  sheets.push({ name, css: text.replaceAll(/\/\*.*?\*\//gs, '') });
}
const own = sheets.filter(({ name }) => !/^(?:styles|theme\/(?:theme|mantine))\.css$/.test(name));

describe('the generated style sheet', () => {
  it('is what the tokens make', async () => {
    const written = await readFile(new URL('theme/theme.css', source), 'utf8');
    expect(written.replaceAll('\r\n', '\n')).toBe(staticCss());
  });

  it('knows every colour in both schemes, and for a browser that has none chosen yet', async () => {
    const css = staticCss();
    for (const [name, shade] of Object.entries(colors)) {
      expect(css.split(`--ct-${name}: ${shade.light};`)).toHaveLength(2);
      expect(css.split(`--ct-${name}: ${shade.dark};`)).toHaveLength(3);
    }
  });
});

describe('our own style sheets', () => {
  it('are found', () => {
    expect(own.length).toBeGreaterThan(20);
  });

  it.each(own)('$name writes no colour and no font', ({ css }) => {
    expect(css).not.toMatch(/#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(/i);
    expect(css.match(/font-family:(?!\s*var\()/g)).toBeNull();
    expect(css.match(/font-size:(?!\s*(?:var\(|inherit))/g)).toBeNull();
  });

  it.each(own)('$name measures by tokens', ({ css }) => {
    // A width at which the layout changes cannot be a variable; hidden words are one pixel everywhere.
    const rest = css.replaceAll(/@media[^{]*\{/g, '').replaceAll(/(?:width|height): 1px;/g, '');
    expect(rest.match(/\b\d*\.?\d+(?:px|rem)\b/g)).toBeNull();
  });

  it.each(own)('$name asks only for variables that exist', ({ css }) => {
    const known = staticCss();
    const local = new Set(css.match(/--[\w-]+(?=:)/g));
    const asked = [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name ?? '');
    const ofMantine = /^--(?:ai|input|button|checkbox|radio)-/;
    expect(
      asked.filter((name) => !local.has(name) && !ofMantine.test(name) && !known.includes(`${name}:`)),
    ).toEqual([]);
  });
});
