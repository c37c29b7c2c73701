import { ProblemError } from './problem-error.ts';

/**
 * A request that is turned away because the process has too much to do, at as little cost as can be. Who was let in is
 * answered; who was not comes again in one to three seconds, spread at random so that they do not all come at once.
 */
export class TurnedAway extends ProblemError {
  constructor() {
    super('unavailable', { retryAfterSeconds: 1 + Math.floor(Math.random() * 3) });
  }
}
