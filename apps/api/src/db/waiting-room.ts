import type pg from 'pg';
import { TurnedAway } from '../turned-away.ts';

/** More than a pool gets through in the time that it lets them wait. */
const mostWaiting = 2000;

/**
 * The way into a pool, with a queue that has an end. Nobody waits longer than the pool lets them; when for as long as that
 * nobody has come out, because the database is frozen or slow statements hold every connection, those who come are turned
 * away at once, save one at a time who waits and finds out when it is over.
 * @param size connections of the pool
 * @param patience how long the pool lets a request wait, in milliseconds
 * @returns what connects. @throws TurnedAway
 */
export function waitingRoom(pool: pg.Pool, size: number, patience: number): () => Promise<pg.PoolClient> {
  let waitingSince = 0;
  let lastOut = 0;
  pool.on('release', () => {
    lastOut = performance.now();
  });

  return () => {
    if (pool.waitingCount === 0) {
      // While nobody comes out, whoever waits alone waits on with those before.
      if (lastOut >= waitingSince) waitingSince = performance.now();
      return pool.connect();
    }
    // The pool hands out what is idle a moment after it was asked.
    const isFull = pool.idleCount === 0 && pool.totalCount >= size;
    const isStuck = isFull && lastOut < waitingSince && performance.now() - waitingSince > patience;
    return isStuck || pool.waitingCount >= mostWaiting ? Promise.reject(new TurnedAway()) : pool.connect();
  };
}
