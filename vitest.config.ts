import { defineConfig } from 'vitest/config';

const postgres = './packages/local-stack/src/testing/global-setup.ts';
const pure = ['rules', 'policy', 'presenter', 'unit'].map((kind) => `apps/api/src/**/*.${kind}.test.ts`);
const everywhere = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    // The machine that decides has two cores.
    maxWorkers: 2,
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'],
          // What needs PostgreSQL stands below.
          exclude: [...everywhere, 'apps/api/src/**/!(*.rules|*.policy|*.presenter|*.unit).test.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'http',
          include: ['apps/api/src/**/*.test.ts', 'apps/api/test/**/*.test.ts'],
          exclude: [...everywhere, ...pure],
          globalSetup: postgres,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'stories',
          include: ['e2e/stories/*.test.ts'],
          globalSetup: [postgres, './e2e/support/product-setup.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'trials',
          include: ['e2e/**/*.test.ts'],
          exclude: [...everywhere, 'e2e/stories/**'],
          globalSetup: postgres,
          // Each brings a product of its own and strains it: nothing else runs meanwhile.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
