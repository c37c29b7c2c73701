import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Mutant } from './mutant.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What the API and its worker are made of; libraries are linked, not copied. */
const parts = [
  'apps/api',
  'packages/contract',
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
];
/** What the portals are made of besides. */
const portalParts = ['apps/clinician', 'apps/patient', 'packages/client', 'packages/portal', 'packages/ui'];
const left = new Set(['test', 'dist', '.vite']);

/** A copy of the sources with one hole in it. */
export interface Checkout {
  readonly folder: string;
  /** Whether the hole is in what makes the tables. */
  readonly changesTables: boolean;
  /** Whether the hole is in a portal, which has to be built anew for it. */
  readonly changesPortals: boolean;
  readonly remove: () => Promise<void>;
}

/** A mutant's place in the sources, looked for before anything is copied. @throws when it does not stand there once */
export async function patched({ title, patches }: Mutant): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { file, find, replace } of patches) {
    const text = texts.get(file) ?? (await readFile(join(root, file), 'utf8'));
    const found = text.split(find).length - 1;
    if (found !== 1)
      throw new Error(`“${title}”: ${file} holds what to replace ${found} times, not once: ${find}`);
    // As a function: a dollar sign in the replacement is meant as it is.
    texts.set(
      file,
      text.replace(find, () => replace),
    );
  }
  return texts;
}

/** Copies the sources to a temporary folder and plants the hole there. */
export async function makeCheckout(mutant: Mutant): Promise<Checkout> {
  const texts = await patched(mutant);
  const folder = await mkdtemp(join(tmpdir(), 'casetalk-mutant-'));
  const changesPortals = [...texts.keys()].some((file) =>
    portalParts.some((part) => file.startsWith(`${part}/`)),
  );
  for (const part of changesPortals ? [...parts, ...portalParts] : parts) {
    await mkdir(dirname(join(folder, part)), { recursive: true });
    // Links of a workspace lead to its siblings by relative paths: in the copy, to their copies.
    await cp(join(root, part), join(folder, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !left.has(basename(source)),
    });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of texts) await writeFile(join(folder, file), text);
  return {
    folder,
    changesPortals,
    changesTables: mutant.patches.some(({ file }) => file.includes('/migrations/')),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
