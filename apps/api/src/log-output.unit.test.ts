import { closeSync, openSync, writeSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { createLogOutput } from './log-output.ts';

const failing = (code: string): Error => Object.assign(new Error(code), { code });

/** A disk or a reader, with what it has and what it does with more. */
function reader() {
  const state = { text: '', takes: (bytes: Buffer): number => bytes.length };
  const output = createLogOutput((bytes) => {
    const taken = state.takes(bytes);
    state.text += bytes.subarray(0, taken).toString();
    return taken;
  });
  return { state, output };
}

const full = (): number => {
  throw failing('ENOSPC');
};

describe('the output of log lines', () => {
  it.runIf(process.platform === 'linux')('goes on where there is no room at all', () => {
    const file = openSync('/dev/full', 'w');
    const output = createLogOutput((bytes) => writeSync(file, bytes));
    for (let line = 0; line < 100; line += 1) output.write(`line ${line}\n`);
    closeSync(file);
    expect(() => output.write('gone\n')).not.toThrow();
  });

  it('says how many lines were lost once there is room again', () => {
    const { state, output } = reader();
    output.write('one\n');
    state.takes = full;
    output.write('two\n');
    output.write('three\n');
    state.takes = (bytes) => bytes.length;
    output.write('four\n');
    output.write('five\n');
    const lines = state.text.trimEnd().split('\n');
    expect(lines.map((line) => (line.startsWith('{') ? JSON.parse(line).msg : line))).toEqual([
      'one',
      'four',
      '2 log lines were lost',
      'five',
    ]);
  });

  it('begins a new line behind one that was cut', () => {
    const { state, output } = reader();
    let room = 2;
    state.takes = (bytes) => {
      if (room === 0) return full();
      const taken = Math.min(room, bytes.length);
      room -= taken;
      return taken;
    };
    output.write('first\n');
    room = 1000;
    output.write('second\n');
    expect(state.text.split('\n').slice(0, 2)).toEqual(['fi', 'second']);
  });

  it('keeps the order for a reader who is behind, who misses nothing', async () => {
    const { state, output } = reader();
    state.takes = () => {
      throw failing('EAGAIN');
    };
    output.write('one\n');
    output.write('two\n');
    state.takes = (bytes) => Math.min(3, bytes.length);
    await vi.waitFor(() => expect(state.text).toBe('one\ntwo\n'));
    output.write('three\n');
    expect(state.text).toBe('one\ntwo\nthree\n');
  });

  it('holds a bounded part for a reader who never reads', () => {
    const { state, output } = reader();
    state.takes = () => {
      throw failing('EAGAIN');
    };
    const line = `${'x'.repeat(100_000)}\n`;
    for (let time = 0; time < 100; time += 1) output.write(line);
    state.takes = (bytes) => bytes.length;
    output.write('last\n');
    const kept = state.text.split('\n').filter((one) => one.startsWith('x')).length;
    expect(kept).toBeLessThan(50);
    expect(state.text).toContain(`${101 - kept} log lines were lost`);
  });
});
