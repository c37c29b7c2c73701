import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testServer } from '@casetalk/local-stack';
import type { TestProject } from 'vitest/node';
import { startProduct } from './product.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a story that asks has its worker's product started, or is told where it answers. */
    readonly productDoor: string;
  }
}

/**
 * Vitest's global set-up for the stories: one product for each worker, so that every story has its product to itself
 * while it is told. It is started by the first story that asks; tests which need no browser do not pay for it.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, ReturnType<typeof startProduct>>();
  const productOf = (worker: string) => {
    const product = started.get(worker) ?? startProduct({ database: testServer() });
    started.set(worker, product);
    return product;
  };
  const door = createServer(({ url = '' }, response) => {
    productOf(url).then(
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
    const outcomes = await Promise.allSettled(started.values());
    const running = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    await Promise.all(running.map(({ stack }) => stack.stop()));
  };
}
