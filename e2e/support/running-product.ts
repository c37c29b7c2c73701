import { inject } from 'vitest';
import type { Product } from './product.ts';

/** The product that all stories share; the first one to ask has it started. */
export async function runningProduct(): Promise<Product> {
  const response = await fetch(inject('productDoor'));
  if (!response.ok) throw new Error(`The product did not start: ${await response.text()}`);
  return (await response.json()) as Product;
}
