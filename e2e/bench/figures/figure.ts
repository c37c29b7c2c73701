import type { World } from '../world/world.ts';

/** A row of the table. */
export interface Row {
  readonly figure: string;
  readonly measured: string;
  /** Undefined where nothing is promised. */
  readonly target?: Target;
  /** What `measured` says, in the target's unit. */
  readonly value?: number;
  /** True when it could not be measured; `measured` says why. */
  readonly failed?: boolean;
}

/** What a figure must reach, and what it should. */
export interface Target {
  readonly direction: 'at least' | 'at most';
  readonly floor: number;
  readonly goal: number;
  /** How a number of the target is written. */
  readonly write: (value: number) => string;
}

/** Something that can be measured by name. */
export interface Figure {
  readonly name: string;
  /** True for what takes gigabytes, minutes or the network: left out unless asked for. */
  readonly heavy?: boolean;
  readonly measure: (world: World) => Promise<Row[]>;
}

export const asRatio = (value: number): string => value.toFixed(2);
export const asTimes = (value: number): string => `× ${value.toFixed(2)}`;
export const asMilliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const asSeconds = (value: number): string => `${value.toFixed(1)} s`;
export const asMegabytes = (value: number): string => `${(value / 1e6).toFixed(0)} MB`;
export const asKilobytes = (value: number): string => `${(value / 1000).toFixed(1)} KB`;
export const asKibibytes = (value: number): string => `${(value / 1024).toFixed(1)} KiB`;
export const asCount = (value: number): string => value.toLocaleString('en');
