import { defaultCssVariablesResolver } from '@mantine/core';
import type { CSSVariablesResolver } from '@mantine/core';
import type { Density } from './tokens.ts';
import { colors, densities, fonts, lines, measure, motion, radius, space, weights } from './tokens.ts';

type Variables = Record<string, string>;

const prefixed = (prefix: string, values: Readonly<Record<string, string>>): Variables =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`--ct-${prefix}${name}`, value]));

/** The variables that differ between the two portals. */
export const densityVariables = (density: Density): Variables => {
  const { font, ...sizes } = densities[density];
  return { ...prefixed('font-', font), ...prefixed('', sizes) };
};

/** The colours of one scheme. */
export const schemeVariables = (scheme: 'light' | 'dark'): Variables =>
  Object.fromEntries(Object.entries(colors).map(([name, shade]) => [`--ct-${name}`, shade[scheme]]));

/** The variables that are the same in both schemes and both portals. */
export const fixedVariables: Variables = {
  ...prefixed('space-', space),
  ...prefixed('radius-', radius),
  ...prefixed('', measure),
  ...prefixed('weight-', weights),
  ...prefixed('lines-', lines),
  '--ct-font': fonts.text,
  '--ct-mono': fonts.mono,
  '--ct-quick': `${motion.quick}ms`,
};

/** Mantine's words for meanings, answered with ours. */
const semantics: Variables = {
  '--mantine-color-text': 'var(--ct-ink)',
  '--mantine-color-bright': 'var(--ct-ink)',
  '--mantine-color-body': 'var(--ct-page)',
  '--mantine-color-error': 'var(--ct-danger)',
  '--mantine-color-success': 'var(--ct-success)',
  '--mantine-color-placeholder': 'var(--ct-muted)',
  '--mantine-color-anchor': 'var(--ct-accent)',
  '--mantine-color-default': 'var(--ct-surface)',
  '--mantine-color-default-hover': 'var(--ct-sunken)',
  '--mantine-color-default-color': 'var(--ct-ink)',
  '--mantine-color-default-border': 'var(--ct-border)',
  '--mantine-color-dimmed': 'var(--ct-muted)',
  '--mantine-color-disabled': 'var(--ct-sunken)',
  '--mantine-color-disabled-color': 'var(--ct-muted)',
  '--mantine-color-disabled-border': 'var(--ct-border)',
  '--mantine-color-teal-filled': 'var(--ct-accent-fill)',
  '--mantine-color-teal-filled-hover': 'var(--ct-accent-fill-hover)',
  '--mantine-color-teal-light': 'var(--ct-accent-tint)',
  '--mantine-color-teal-light-hover': 'var(--ct-accent-tint-hover)',
  '--mantine-color-teal-light-color': 'var(--ct-accent)',
  '--mantine-color-red-filled': 'var(--ct-danger-fill)',
  '--mantine-color-red-filled-hover': 'var(--ct-danger-fill-hover)',
  '--mantine-primary-color-contrast': 'var(--ct-on-accent)',
};

/** Mantine's own variables for a theme, with every meaning replaced by a token. */
export const caseTalkVariables: CSSVariablesResolver = (theme) => {
  const own = defaultCssVariablesResolver(theme);
  return {
    variables: { ...own.variables, ...fixedVariables },
    light: { ...own.light, ...semantics, ...schemeVariables('light') },
    dark: { ...own.dark, ...semantics, ...schemeVariables('dark') },
  };
};
