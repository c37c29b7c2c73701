import { defaultVariantColorsResolver } from '@mantine/core';
import type { VariantColorsResolver } from '@mantine/core';

/** Which family of tokens a Mantine colour name stands for. */
const familyOf: Readonly<Record<string, string>> = {
  teal: 'accent',
  red: 'danger',
  green: 'success',
  yellow: 'warning',
  grape: 'private',
  blue: 'case',
  gray: 'info',
};

const ownFill = new Set(['accent', 'danger']);

/**
 * Colours of Mantine's variants from the tokens, so that a button is right in both schemes without a line
 * of JavaScript: the variables change, the component does not.
 */
export const variantColors: VariantColorsResolver = (input) => {
  const family = familyOf[input.color ?? input.theme.primaryColor];
  if (family === undefined) return defaultVariantColorsResolver(input);
  const text = `var(--ct-${family})`;
  const tint = `var(--ct-${family}-tint)`;
  const edge = 'var(--ct-line) solid';
  switch (input.variant) {
    case 'filled':
      return ownFill.has(family)
        ? {
            background: `var(--ct-${family}-fill)`,
            hover: `var(--ct-${family}-fill-hover)`,
            color: `var(--ct-on-${family})`,
            border: `${edge} transparent`,
          }
        : { background: text, hover: text, color: 'var(--ct-page)', border: `${edge} transparent` };
    case 'light':
      return {
        background: tint,
        hover: family === 'accent' ? 'var(--ct-accent-tint-hover)' : tint,
        color: text,
        border: `${edge} var(--ct-${family}-edge)`,
      };
    case 'outline':
      return { background: 'transparent', hover: tint, color: text, border: `${edge} currentColor` };
    case 'subtle':
      return { background: 'transparent', hover: tint, color: text, border: `${edge} transparent` };
    case 'transparent':
      return {
        background: 'transparent',
        hover: 'transparent',
        color: text,
        border: `${edge} transparent`,
      };
    case 'default':
      return {
        background: 'var(--ct-surface)',
        hover: 'var(--ct-sunken)',
        color: 'var(--ct-ink)',
        border: `${edge} var(--ct-border-strong)`,
      };
    default:
      return defaultVariantColorsResolver(input);
  }
};
