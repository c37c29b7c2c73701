import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testServer } from '@casetalk/local-stack';
import type { TestProject } from 'vitest/node';
import { startProduct } from './product.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the first story that asks has the product started, and every other is told where it answers. */
    readonly productDoor: string;
  }
}

/**
 * Vitest's global set-up for the stories: one product for all of them, started by the first one that asks, so that
 * tests which need no browser do not pay for it.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let started: ReturnType<typeof startProduct> | undefined;
  const door = createServer((_request, response) => {
    started ??= startProduct({ database: testServer() });
    started.then(
      ({ product }) => response.end(JSON.stringify(product)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? error.message : String(error));
      },
    );
  });
  await new Promise<void>((resolve) => {
    door.listen(0, '127.0.0.1', resolve);
  });
  project.provide('productDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  return async () => {
    door.close();
    const running = await started?.catch(() => undefined);
    await running?.stack.stop();
  };
}
