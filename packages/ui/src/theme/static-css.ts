import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { caseTalkVariables, densityVariables, schemeVariables } from './css-variables.ts';
import { palette } from './palette.ts';
import { themeNumbers } from './theme-numbers.ts';

type Variables = Readonly<Record<string, string>>;

const rule = (selector: string, variables: Variables): string => {
  const lines = Object.entries(variables).map(([name, value]) => `  ${name}: ${value};`);
  return `${selector} {\n${lines.join('\n')}\n}\n`;
};

/** Ramps of Mantine that no screen of ours may use; leaving them out halves the file. */
const strangers = Object.keys(DEFAULT_THEME.colors).filter((name) => !(name in palette));
const isOurs = (name: string): boolean =>
  !strangers.some((color) => name.startsWith(`--mantine-color-${color}-`));
const ours = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => isOurs(name)));

const changed = (from: Variables, to: Variables): Variables =>
  Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name] !== value));

/**
 * The theme's variables as a style sheet, made by Mantine's own resolver. The portals' policy allows no
 * style tags, so what Mantine would inject at run time stands in a file. The clinician's sizes are the
 * default; `data-density="patient"` on the root changes them.
 */
export const staticCss = (): string => {
  const clinician = caseTalkVariables(mergeMantineTheme(DEFAULT_THEME, themeNumbers('clinician')));
  const patient = caseTalkVariables(mergeMantineTheme(DEFAULT_THEME, themeNumbers('patient')));
  const patientOnly = changed(clinician.variables, patient.variables);
  const early = { 'color-scheme': 'dark', '--mantine-color-body': 'var(--ct-page)' };
  return [
    '/* Made by scripts/theme-css.ts from tokens.ts; change those and run it again. */\n',
    rule(':root', { ...ours(clinician.variables), ...densityVariables('clinician') }),
    rule(':root[data-density="patient"]', { ...patientOnly, ...densityVariables('patient') }),
    rule(':root,\n:root[data-mantine-color-scheme="light"]', ours(clinician.light)),
    rule(':root[data-mantine-color-scheme="dark"]', ours(clinician.dark)),
    '/* Before the portal has started there is no scheme on the root: follow the system. */',
    '@media (prefers-color-scheme: dark) {',
    rule(':root:not([data-mantine-color-scheme])', { ...early, ...schemeVariables('dark') })
      .trimEnd()
      .replaceAll(/^/gm, '  '),
    '}\n',
  ].join('\n');
};
