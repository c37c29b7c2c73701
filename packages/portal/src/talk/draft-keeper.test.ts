import type { Failure, Result } from '@casetalk/client';
import type { Draft, DraftMark } from '@casetalk/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftKeeper } from './draft-keeper.ts';

const ok = <T>(data: T): Result<T> => ({ ok: true, status: 200, data, headers: new Headers() });
const refused = (code: 'unreachable' | 'unauthenticated' | 'version-conflict'): Result<never> => ({
  ok: false,
  status: 0,
  problem: { code, status: 0, title: code } as Failure,
});

/** A service that keeps one draft as the API does. */
function service() {
  const kept = { text: '', version: 0, writer: '' };
  const state = { answer: 'normal' as 'normal' | 'unreachable' | 'unauthenticated' | 'lost', saves: 0 };
  const draft = (): Draft => ({ text: kept.text, version: kept.version, savedAt: null });
  const write = (text: string, writer: string) =>
    Object.assign(kept, { text, writer, version: kept.version + 1 });
  return {
    state,
    write,
    draft,
    place: {
      load: async () => ok(draft()),
      save: async (text: string, seen: DraftMark) => {
        state.saves += 1;
        if (state.answer === 'unreachable' || state.answer === 'unauthenticated')
          return refused(state.answer);
        if (kept.version !== seen.version && kept.writer !== seen.writer) return refused('version-conflict');
        write(text, seen.writer);
        return state.answer === 'lost' ? refused('unreachable') : ok(draft());
      },
      discard: async () => {
        write('', '');
        return ok(undefined);
      },
    },
  };
}

let texts: Map<string, string>;
beforeEach(() => {
  vi.useFakeTimers();
  texts = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => texts.set(name, text),
    removeItem: (name: string) => texts.delete(name),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pause = () => vi.advanceTimersByTimeAsync(1000);
const keeperOf = (on: ReturnType<typeof service>, onTheWay: readonly string[] = []): DraftKeeper => {
  const keeper = new DraftKeeper('ana', 'talk', on.place, () => onTheWay);
  keeper.receive(on.draft());
  return keeper;
};

describe('a draft', () => {
  it('is saved once one stops typing, and stays in no storage from then on', async () => {
    const on = service();
    const keeper = keeperOf(on);
    for (const text of ['M', 'My', 'My knee']) keeper.change(text);
    expect([...texts.values()].join('')).toContain('My knee');
    await pause();
    expect(on.state.saves).toBe(1);
    expect(on.draft().text).toBe('My knee');
    expect(keeper.state()).toEqual({ text: 'My knee', phase: 'saved', newer: null });
    expect(texts.size).toBe(0);
  });

  it('is saved now and then for one who never stops', async () => {
    const on = service();
    const keeper = keeperOf(on);
    for (let second = 0; second < 7; second += 1) {
      for (let part = 0; part < 2; part += 1) {
        keeper.change(`${keeper.state().text}a`);
        await vi.advanceTimersByTimeAsync(500);
      }
    }
    expect(on.state.saves).toBe(1);
    expect(on.draft().text.length).toBeGreaterThan(5);
  });

  it('follows another device while nothing else is typed here', () => {
    const on = service();
    const keeper = keeperOf(on);
    on.write('From the phone', 'phone');
    keeper.receive(on.draft());
    expect(keeper.state().text).toBe('From the phone');
    on.write('', '');
    keeper.receive(on.draft());
    expect(keeper.state()).toEqual({ text: '', phase: 'empty', newer: null });
  });

  it('neither loses what is typed here nor what another device wrote: one of them is chosen', async () => {
    const on = service();
    const keeper = keeperOf(on);
    keeper.change('From the desk');
    on.write('From the phone', 'phone');
    await pause();
    expect(keeper.state().text).toBe('From the desk');
    expect(keeper.state().newer?.text).toBe('From the phone');
    keeper.change('From the desk, still');
    await pause();
    expect(on.draft().text).toBe('From the phone');
    keeper.keepMine();
    await pause();
    expect(on.draft().text).toBe('From the desk, still');
    on.write('From the phone again', 'phone');
    keeper.change('And the desk');
    await pause();
    keeper.useNewer();
    expect(keeper.state()).toEqual({ text: 'From the phone again', phase: 'saved', newer: null });
  });

  it('is no conflict with itself when an answer is lost', async () => {
    const on = service();
    const keeper = keeperOf(on);
    keeper.change('Written');
    on.state.answer = 'lost';
    await pause();
    expect(keeper.state().phase).toBe('unsaved');
    on.state.answer = 'normal';
    await vi.advanceTimersByTimeAsync(3000);
    expect(keeper.state()).toEqual({ text: 'Written', phase: 'saved', newer: null });
  });

  it('waits in this tab while nobody is signed in, also over a reload, and goes out afterwards', async () => {
    const on = service();
    const keeper = keeperOf(on);
    let told = 0;
    keeper.whenSignedOut(() => (told += 1));
    on.state.answer = 'unauthenticated';
    keeper.change('Typed too late');
    await pause();
    expect(told).toBe(1);
    keeper.abandon();
    const after = new DraftKeeper('ana', 'talk', on.place, () => []);
    expect(after.state().text).toBe('Typed too late');
    on.state.answer = 'normal';
    after.receive(on.draft());
    await pause();
    expect(on.draft().text).toBe('Typed too late');
    expect(texts.size).toBe(0);
  });

  it('goes with its message and is not shown beside it while that is on its way', async () => {
    const on = service();
    const keeper = keeperOf(on);
    keeper.change('Ready');
    await pause();
    expect(keeper.take()).toMatchObject({ version: 1 });
    expect(keeper.state().text).toBe('');
    const reloaded = keeperOf(on, ['Ready']);
    expect(reloaded.state().text).toBe('');
    reloaded.change('Something else');
    await pause();
    expect(on.draft().text).toBe('Something else');
  });

  it('has no mark for a message that was sent before anything was saved', () => {
    const keeper = keeperOf(service());
    keeper.change('Quick');
    expect(keeper.take()).toBeUndefined();
  });

  it('is thrown away everywhere', async () => {
    const on = service();
    const keeper = keeperOf(on);
    keeper.change('Never mind');
    await pause();
    await keeper.discard();
    expect(on.draft().text).toBe('');
    expect(keeper.state()).toEqual({ text: '', phase: 'empty', newer: null });
  });
});
