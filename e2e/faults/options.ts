import { parseArgs } from 'node:util';
import { type FaultId, faultIds } from './fault.ts';

export interface FaultOptions {
  /** The faults that are asked for; all when empty. */
  readonly only: readonly FaultId[];
  /** Fewer rounds of each: enough to notice a loss, not to prove that there is none. */
  readonly fast: boolean;
  readonly help: boolean;
}

export const usage = `Breaks what the product stands on, part by part, and looks whether it is survived. See docs/faults.md.

  pnpm faults [F7 F12 …]    all faults, or the named ones
  --fast                    fewer rounds of each
  --help                    this text`;

/** @throws a TypeError that names an option or a fault that is not known */
export function readOptions(args: readonly string[]): FaultOptions {
  const { values, positionals } = parseArgs({
    // The package manager passes its own separator on.
    args: args.filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      fast: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const named = positionals.map((name) => name.toUpperCase());
  const unknown = named.filter((name) => faultIds.every((id) => id !== name));
  if (unknown.length > 0) throw new TypeError(`There is no fault ${unknown.join(', ')}.`);
  return { ...values, only: named as FaultId[] };
}
