import type { ServerResponse } from 'node:http';

/** A reader who takes nothing for this long, in milliseconds, has gone. */
const idleTime = 60_000;
const lookEvery = 5000;

/**
 * Cuts the connection of a reader who takes no bytes any more. It counts what the reader's side has taken over; the time-out
 * of a socket begins anew with a write that is pending, and so lets go after two minutes.
 * @param answer whose bytes have begun to leave
 */
export function cutIdleReader(answer: Pick<ServerResponse, 'socket' | 'once'>): void {
  const { socket } = answer;
  if (!socket) return;
  let before = socket.bytesWritten;
  let idle = 0;
  const look = setInterval(() => {
    const now = socket.bytesWritten;
    idle = now === before ? idle + lookEvery : 0;
    before = now;
    if (idle >= idleTime) socket.destroy();
  }, lookEvery).unref();
  answer.once('close', () => clearInterval(look));
}
