import { parseArgs } from 'node:util';
import { type AttackId, attackIds } from './attack.ts';

export interface AttackOptions {
  /** The attacks that are asked for; all when empty. */
  readonly only: readonly AttackId[];
  /** Fewer tries: enough to notice a hole, not to prove that there is none. */
  readonly fast: boolean;
  /** Plants holes, one after the other, and watches whether the attacks find them. */
  readonly mutants: boolean;
  readonly help: boolean;
}

export const usage = `Attacks the product as a stranger, a colleague or a thief would. See docs/security/attacks.md.

  pnpm attacks [T1 T20 …]   all attacks, or the named ones
  --fast                    fewer tries of each
  --mutants                 takes one defence out after the other and tells whether the attack on it notices
  --help                    this text`;

/** @throws a TypeError that names an option or an attack that is not known */
export function readOptions(args: readonly string[]): AttackOptions {
  const { values, positionals } = parseArgs({
    // The package manager passes its own separator on.
    args: args.filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      fast: { type: 'boolean', default: false },
      mutants: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const named = positionals.map((name) => name.toUpperCase());
  const unknown = named.filter((name) => attackIds.every((id) => id !== name));
  if (unknown.length > 0) throw new TypeError(`There is no attack ${unknown.join(', ')}.`);
  return { ...values, only: named as AttackId[] };
}
