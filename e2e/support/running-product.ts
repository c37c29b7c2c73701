import { inject } from 'vitest';
import type { Product } from './product.ts';
import { workerNumber } from './settings.ts';

/** The product that all stories of this worker are told in, one after the other; the first one to ask has it started. */
export async function runningProduct(): Promise<Product> {
  const response = await fetch(new URL(`/${workerNumber()}`, inject('productDoor')));
  if (!response.ok) throw new Error(`The product did not start: ${await response.text()}`);
  return (await response.json()) as Product;
}
