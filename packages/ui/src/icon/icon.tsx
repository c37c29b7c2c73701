import type { ComponentType } from 'react';
import { iconSize } from '../theme/tokens.ts';
import classes from './icon.module.css';

/** A drawing of the icon set, or one with its shape. */
export type IconDrawing = ComponentType<{
  size?: string | number;
  stroke?: string | number;
  className?: string;
}>;

export interface IconProps {
  /** The drawing, from `@tabler/icons-react`. */
  readonly of: IconDrawing;
  readonly size?: keyof typeof iconSize;
}

/** One icon beside words: always decorative, so the words carry the meaning. */
export const Icon = ({ of: Drawing, size = 'md' }: IconProps) => (
  <span className={classes.icon} aria-hidden="true">
    <Drawing size={iconSize[size]} stroke={1.75} />
  </span>
);
