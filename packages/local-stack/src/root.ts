import { resolve } from 'node:path';

/** The folder of the checkout: every part of the product is started from a path below it. */
export const root = resolve(import.meta.dirname, '../../..');
