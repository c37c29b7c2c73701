import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDateTime,
  formatDay,
  formatPlainDate,
  formatRelative,
  formatTime,
} from './date-format.ts';
import { formatFileSize } from './size-format.ts';

const moment = '2026-11-22T22:41:00Z';
const harbor = 'America/Los_Angeles';

describe('moments', () => {
  it('are written as our readers write them', () => {
    expect(formatDateTime(moment, 'en', harbor)).toBe('22 Nov 2026, 2:41 pm');
    expect(formatDateTime(moment, 'es', harbor)).toBe('22 nov 2026, 2:41 p.m.');
  });

  it('take a date, a number and a text', () => {
    const date = new Date(moment);
    expect(formatDate(date, 'en', harbor)).toBe('22 Nov 2026');
    expect(formatDate(date.getTime(), 'en', harbor)).toBe('22 Nov 2026');
  });

  it('follow the time zone over midnight', () => {
    expect(formatDateTime('2026-11-23T07:05:00Z', 'en', harbor)).toBe('22 Nov 2026, 11:05 pm');
    expect(formatTime('2026-11-22T08:00:00Z', 'en', harbor)).toBe('12:00 am');
  });

  it('leave a birthday on its day everywhere', () => {
    expect(formatPlainDate('1984-03-02', 'en')).toBe('2 Mar 1984');
    expect(formatPlainDate('1984-01-01', 'es')).toBe('1 ene 1984');
  });

  it('refuse what is no date', () => {
    expect(() => formatDateTime('soon', 'en')).toThrow(RangeError);
  });
});

describe('days', () => {
  it('are named when they are near', () => {
    expect(formatDay(moment, 'en', moment, harbor)).toBe('Today');
    expect(formatDay('2026-11-22T07:59:00Z', 'en', moment, harbor)).toBe('Yesterday');
    expect(formatDay('2026-11-22T07:59:00Z', 'es', moment, harbor)).toBe('Ayer');
  });

  it('are written out when they are not', () => {
    expect(formatDay('2026-11-20T20:00:00Z', 'en', moment, harbor)).toBe('Friday, 20 Nov 2026');
    expect(formatDay('2026-11-20T20:00:00Z', 'es', moment, harbor)).toBe('Viernes, 20 nov 2026');
  });
});

describe('how long ago', () => {
  const ago = (seconds: number) => new Date(new Date(moment).getTime() - seconds * 1000);

  it.each([
    [20, 'now', 'ahora'],
    [60, '1 minute ago', 'hace 1 minuto'],
    [59 * 60, '59 minutes ago', 'hace 59 minutos'],
    [3 * 3600 + 60, '3 hours ago', 'hace 3 horas'],
    [25 * 3600, 'yesterday', 'ayer'],
    [3 * 86_400, '3 days ago', 'hace 3 días'],
  ])('%i seconds', (seconds, english, spanish) => {
    expect(formatRelative(ago(seconds), 'en', moment)).toBe(english);
    expect(formatRelative(ago(seconds), 'es', moment)).toBe(spanish);
  });

  it('gives way to the date after a week', () => {
    expect(formatRelative(ago(8 * 86_400), 'en', moment)).toMatch(/^1[34] Nov 2026$/);
  });
});

describe('file sizes', () => {
  it.each([
    [0, '0 B', '0 B'],
    [812, '812 B', '812 B'],
    [999, '999 B', '999 B'],
    [1000, '1 KB', '1 KB'],
    [1536, '1.5 KB', '1,5 KB'],
    [2_311_724, '2.3 MB', '2,3 MB'],
    [999_400_000, '999 MB', '999 MB'],
    [999_600_000, '1 GB', '1 GB'],
    [50 * 1000 * 1000, '50 MB', '50 MB'],
    [500 * 1000 * 1000, '500 MB', '500 MB'],
    [3 * 1000 ** 4, '3 TB', '3 TB'],
  ])('%i bytes', (bytes, english, spanish) => {
    expect(formatFileSize(bytes, 'en')).toBe(english);
    expect(formatFileSize(bytes, 'es')).toBe(spanish);
  });
});
