import * as z from 'zod';

/**
 * zod compiles schemas with `new Function` where it may. A page under a strict Content-Security-Policy may not, and each
 * try is reported as a violation: call this before anything is parsed there.
 */
export function withoutEval(): void {
  z.config({ jitless: true });
}
