/**
 * Every colour, size and font of both portals. Nothing else writes one: the style sheets read these as
 * `--ct-*` variables, which `scripts/theme-css.ts` puts into `theme.css`.
 *
 * The room: paper-warm neutrals, one deep teal for what one can do, ink for what one reads. Plum and blue
 * are kept for the audience alone (plum: two people; blue: everyone on the case), so that neither ever
 * means anything else.
 */

/** The two portals' sizes: roomy for the patient, closer for the clinician. */
export type Density = 'patient' | 'clinician';

/** A colour in the light and in the dark room. */
interface Shade {
  readonly light: string;
  readonly dark: string;
}

const shade = (light: string, dark: string): Shade => ({ light, dark });

/** Colours by what they are for, as six-digit hex. */
export const colors = {
  page: shade('#f8f4ec', '#141b1c'),
  surface: shade('#fffdf9', '#1b2425'),
  sunken: shade('#f1ebe0', '#101617'),
  raised: shade('#fffdf9', '#202a2b'),
  border: shade('#e2d9ca', '#313e3f'),
  'border-strong': shade('#857b6c', '#7d8b8a'),
  ink: shade('#1d2a2b', '#ece6da'),
  muted: shade('#556060', '#b3b6ae'),

  accent: shade('#0f5656', '#86cfc6'),
  'accent-fill': shade('#0f5656', '#7cc4bb'),
  'accent-fill-hover': shade('#0a4343', '#96d6ce'),
  'on-accent': shade('#fffdf9', '#0b2424'),
  'accent-tint': shade('#e4efec', '#1c3536'),
  'accent-tint-hover': shade('#d5e6e2', '#234142'),
  'accent-edge': shade('#b5d3ce', '#35595a'),
  focus: shade('#0f5656', '#a5e3db'),

  private: shade('#6b2f63', '#e2b1d8'),
  'private-tint': shade('#f6ebf3', '#33232f'),
  'private-edge': shade('#dcbfd6', '#5f4459'),
  case: shade('#1f4e7d', '#a6cdf2'),
  'case-tint': shade('#e8eff7', '#1d2c3b'),
  'case-edge': shade('#b9cde2', '#3a5470'),

  info: shade('#3d4f55', '#c3ccca'),
  'info-tint': shade('#edeeea', '#243031'),
  'info-edge': shade('#cdd2cc', '#43504f'),
  success: shade('#1f6636', '#93d6a3'),
  'success-tint': shade('#e7f2e6', '#1c3123'),
  'success-edge': shade('#b7d6b8', '#37593f'),
  warning: shade('#7a4a06', '#f0c274'),
  'warning-tint': shade('#fbf0d9', '#352b17'),
  'warning-edge': shade('#e6cd9b', '#63502a'),
  danger: shade('#a1281f', '#f5aba1'),
  'danger-tint': shade('#fbeae5', '#3a2320'),
  'danger-edge': shade('#e8bfb5', '#6c3f39'),
  'danger-fill': shade('#a1281f', '#f0a096'),
  'danger-fill-hover': shade('#85190f', '#f7b8b0'),
  'on-danger': shade('#fffdf9', '#3a0f0a'),

  'bubble-own': shade('#e4efec', '#1f3a3a'),
  'bubble-other': shade('#fffdf9', '#232d2e'),
  skeleton: shade('#e9e2d5', '#2a3536'),
  veil: shade('#2b2722', '#070a0b'),

  'scan-ground': shade('#ffffff', '#f1ede4'),
  'scan-ink': shade('#000000', '#0b1011'),
} as const satisfies Record<string, Shade>;

/** The name of one colour of the room. */
export type ColorName = keyof typeof colors;

const px = (value: number): string => `${value / 16}rem`;

/** Steps of the 8-point grid; 4 and 12 are its half steps, for what stands inside one line. */
export const space = {
  '05': px(4),
  '1': px(8),
  '15': px(12),
  '2': px(16),
  '3': px(24),
  '4': px(32),
  '5': px(40),
  '6': px(48),
  '8': px(64),
} as const;

/** Corners: one for whatever has an edge, a smaller one for what stands inside a line, and the round one. */
export const radius = { sm: px(6), md: px(10), pill: px(999) } as const;

/** Icons, by where they stand: in small text, in text, beside a heading, in an empty page. */
export const iconSize = { sm: px(16), md: px(20), lg: px(24), xl: px(40) } as const;

/** Where the layout changes, in em so that it follows the reader's text size. */
export const breakpoints = { xs: '30em', sm: '48em', md: '56.25em', lg: '75em', xl: '90em' } as const;

/** Fixed measures. `touch` is the least target for a finger, `target` for a pointer. */
export const measure = {
  line: '1px',
  ring: '2px',
  band: px(4),
  dot: px(7),
  target: px(24),
  touch: px(44),
  reading: '68ch',
  'page-width': px(1120),
  column: px(736),
  field: px(440),
  code: '7ch',
  short: '22ch',
  qr: px(208),
  rail: px(104),
  bar: px(64),
  thumb: px(48),
  'bubble-max': '44rem',
  dialog: px(560),
  'dialog-wide': px(800),
  list: px(320),
  talk: px(192),
  name: px(128),
} as const;

interface Sizes {
  readonly font: Readonly<Record<'xs' | 'sm' | 'md' | 'lg' | 'xl', string>>;
  readonly control: string;
  readonly 'control-sm': string;
  readonly gutter: string;
}

/** Text and control sizes of each portal. A screen uses `sm`, `md`, `lg` and `xl`; `xs` is for badges. */
export const densities = {
  clinician: {
    font: { xs: px(13), sm: px(14), md: px(16), lg: px(19), xl: px(26) },
    control: px(40),
    'control-sm': px(32),
    gutter: px(24),
  },
  patient: {
    font: { xs: px(14), sm: px(16), md: px(18), lg: px(22), xl: px(30) },
    control: px(48),
    'control-sm': px(40),
    gutter: px(24),
  },
} as const satisfies Record<Density, Sizes>;

/** Typefaces: the hyperlegible one for all text, and the system's monospace for codes that are compared. */
export const fonts = {
  text: '"Atkinson Hyperlegible Next Variable", system-ui, "Segoe UI", Roboto, sans-serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
} as const;

/** Weights and line heights. */
export const weights = { regular: '400', medium: '560', bold: '680' } as const;
export const lines = { tight: '1.25', normal: '1.55' } as const;

/** Motion, in milliseconds; styles turn it off when the reader asked for none. */
export const motion = { quick: 120 } as const;

/**
 * Every pair of text and background that the style sheets use. The contrast test holds each of them to
 * 4.5:1 in both schemes.
 */
const onAnyGround = ['page', 'surface', 'sunken', 'raised'] as const;
const families = ['accent', 'private', 'case', 'info', 'success', 'warning', 'danger'] as const;
export const textPairs: readonly (readonly [text: ColorName, ground: ColorName])[] = [
  ...onAnyGround.flatMap((ground) => [['ink', ground] as const, ['muted', ground] as const]),
  ...families.flatMap((family) => [
    ...onAnyGround.map((ground) => [family, ground] as const),
    [family, `${family}-tint`] as const,
    ['ink', `${family}-tint`] as const,
    ['muted', `${family}-tint`] as const,
  ]),
  ['accent', 'private-tint'],
  ['accent', 'case-tint'],
  ['accent', 'warning-tint'],
  ['accent', 'accent-tint-hover'],
  ['ink', 'accent-tint-hover'],
  ['on-accent', 'accent-fill'],
  ['on-accent', 'accent-fill-hover'],
  ['on-danger', 'danger-fill'],
  ['on-danger', 'danger-fill-hover'],
  ['page', 'private'],
  ['page', 'case'],
  ['page', 'success'],
  ['page', 'warning'],
  ['ink', 'bubble-own'],
  ['muted', 'bubble-own'],
  ['accent', 'bubble-own'],
  ['danger', 'bubble-own'],
  ['ink', 'bubble-other'],
  ['muted', 'bubble-other'],
  ['accent', 'bubble-other'],
  ['danger', 'bubble-other'],
];

/** Edges that alone show where a control is: held to 3:1 against what they stand on. */
export const edgePairs: readonly (readonly [edge: ColorName, ground: ColorName])[] = [
  ...onAnyGround.map((ground) => ['border-strong', ground] as const),
  ...onAnyGround.map((ground) => ['focus', ground] as const),
  ...families.map((family) => ['focus', `${family}-tint`] as const),
  ['focus', 'bubble-own'],
];
