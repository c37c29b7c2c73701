import type { MantineThemeOverride } from '@mantine/core';
import { palette } from './palette.ts';
import type { Density } from './tokens.ts';
import { breakpoints, colors, densities, fonts, lines, radius, space, weights } from './tokens.ts';
import { variantColors } from './variant-colors.ts';

const heading = (fontSize: string, fontWeight: string = weights.bold) => ({
  fontSize,
  fontWeight,
  lineHeight: lines.tight,
});

/** The theme without its classes: what the generated style sheet needs. Both portals share all but sizes. */
export const themeNumbers = (density: Density): MantineThemeOverride => {
  const { font } = densities[density];
  return {
    primaryColor: 'teal',
    primaryShade: { light: 8, dark: 8 },
    autoContrast: true,
    colors: palette,
    white: colors.surface.light,
    black: colors.ink.light,
    variantColorResolver: variantColors,
    fontFamily: fonts.text,
    fontFamilyMonospace: fonts.mono,
    fontSizes: { ...font },
    fontWeights: weights,
    lineHeights: { xs: lines.tight, sm: lines.normal, md: lines.normal, lg: lines.normal, xl: lines.tight },
    headings: {
      fontFamily: 'var(--mantine-font-family)',
      fontWeight: weights.bold,
      textWrap: 'balance',
      sizes: {
        h1: heading(font.xl),
        h2: heading(font.lg),
        h3: heading(font.md),
        h4: heading(font.md, weights.medium),
        h5: heading(font.sm),
        h6: heading(font.sm, weights.medium),
      },
    },
    spacing: { xs: space['1'], sm: space['2'], md: space['3'], lg: space['4'], xl: space['6'] },
    radius: { xs: radius.sm, sm: radius.sm, md: radius.md, lg: radius.md, xl: radius.pill },
    defaultRadius: 'md',
    breakpoints,
    shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
    respectReducedMotion: true,
    cursorType: 'pointer',
    focusRing: 'auto',
    activeClassName: '',
  };
};
