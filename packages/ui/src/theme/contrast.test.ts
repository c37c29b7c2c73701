import { describe, expect, it } from 'vitest';
import { colors, edgePairs, textPairs } from './tokens.ts';

/** Relative luminance as WCAG 2.2 defines it, of `#rrggbb`. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

describe.each(['light', 'dark'] as const)('the %s room', (scheme) => {
  it.each(textPairs)('lets one read %s on %s', (text, ground) => {
    expect(contrast(colors[text][scheme], colors[ground][scheme])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edgePairs)('shows the edge %s on %s', (edge, ground) => {
    expect(contrast(colors[edge][scheme], colors[ground][scheme])).toBeGreaterThanOrEqual(3);
  });
});
