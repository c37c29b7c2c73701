import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cutIdleReader } from './idle-reader.ts';

/** An answer whose reader takes bytes when told to. */
function answering() {
  const socket = new Socket();
  let bytesWritten = 0;
  Object.defineProperty(socket, 'bytesWritten', { get: () => bytesWritten });
  const answer = Object.assign(new EventEmitter(), { socket });
  cutIdleReader(answer as unknown as ServerResponse);
  return { socket, answer, take: (bytes: number) => void (bytesWritten += bytes) };
}

describe('a reader of a file', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('who takes nothing for a minute is let go of, and not before', () => {
    const { socket, take } = answering();
    take(64_000);
    vi.advanceTimersByTime(60_000);
    expect(socket.destroyed).toBe(false);
    vi.advanceTimersByTime(5000);
    expect(socket.destroyed).toBe(true);
  });

  it('who takes a little now and then is waited for', () => {
    const { socket, take } = answering();
    for (let time = 0; time < 20; time += 1) {
      vi.advanceTimersByTime(50_000);
      take(1);
    }
    expect(socket.destroyed).toBe(false);
  });

  it('who has everything is forgotten', () => {
    const { socket, answer } = answering();
    answer.emit('close');
    vi.advanceTimersByTime(600_000);
    expect(socket.destroyed).toBe(false);
  });
});
