/** The languages of the portals. */
export type Language = 'en' | 'es';

/** A moment: a date, milliseconds since 1970, or an ISO 8601 text. */
export type Moment = Date | number | string;

/** How our readers write: day before month in both, as `22 Nov 2026, 2:41 pm`. */
const regionOf: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatter = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(regionOf[language], options);
  formatters.set(key, made);
  return made;
};

/** One moment's parts by name, with the plain spaces and small letters of our house style. */
const partsOf = (
  moment: Moment,
  language: Language,
  options: Intl.DateTimeFormatOptions,
): Readonly<Partial<Record<Intl.DateTimeFormatPartTypes, string>>> =>
  Object.fromEntries(
    formatter(language, options)
      .formatToParts(new Date(moment))
      .map((part) => [part.type, part.value]),
  );

const zone = (timeZone: string | undefined) => (timeZone === undefined ? {} : { timeZone });

/**
 * A day: "22 Nov 2026", "22 nov 2026".
 *
 * @param timeZone an IANA name; the reader's own by default.
 * @throws RangeError when the moment is no date.
 */
export const formatDate = (moment: Moment, language: Language, timeZone?: string): string => {
  const { day, month, year } = partsOf(moment, language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...zone(timeZone),
  });
  return `${day} ${month} ${year}`;
};

/**
 * A date that has no time and no zone, such as a birthday: "2 Mar 1984".
 *
 * @param isoDate `YYYY-MM-DD`.
 * @throws RangeError when it is no date.
 */
export const formatPlainDate = (isoDate: string, language: Language): string =>
  formatDate(`${isoDate}T00:00:00Z`, language, 'UTC');

/**
 * A time of day: "2:41 pm", "2:41 p.m.".
 *
 * @throws RangeError when the moment is no date.
 */
export const formatTime = (moment: Moment, language: Language, timeZone?: string): string => {
  const { hour, minute, dayPeriod } = partsOf(moment, language, {
    hour: 'numeric',
    minute: '2-digit',
    hour12: true,
    ...zone(timeZone),
  });
  return `${hour}:${minute} ${(dayPeriod ?? '').toLowerCase().replaceAll(/\s/g, '')}`;
};

/**
 * A moment in full: "22 Nov 2026, 2:41 pm".
 *
 * @throws RangeError when the moment is no date.
 */
export const formatDateTime = (moment: Moment, language: Language, timeZone?: string): string =>
  `${formatDate(moment, language, timeZone)}, ${formatTime(moment, language, timeZone)}`;

/** The calendar day of a moment as a number that grows by one each day. */
const dayNumber = (moment: Moment, timeZone: string | undefined): number => {
  const { year, month, day } = partsOf(moment, 'en', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    ...zone(timeZone),
  });
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000;
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The heading over one day's messages: "Today", "Yesterday", else "Friday, 20 Nov 2026".
 *
 * @throws RangeError when the moment is no date.
 */
export const formatDay = (
  moment: Moment,
  language: Language,
  now: Moment = Date.now(),
  timeZone?: string,
): string => {
  const days = dayNumber(moment, timeZone) - dayNumber(now, timeZone);
  if (days === 0 || days === -1) {
    return capitalised(new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day'));
  }
  const { weekday } = partsOf(moment, language, { weekday: 'long', ...zone(timeZone) });
  return `${capitalised(weekday ?? '')}, ${formatDate(moment, language, timeZone)}`;
};

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/**
 * How long ago: "now", "5 minutes ago", "yesterday"; from a week on the date itself, which says more.
 *
 * @throws RangeError when the moment is no date.
 */
export const formatRelative = (moment: Moment, language: Language, now: Moment = Date.now()): string => {
  const seconds = Math.round((new Date(moment).getTime() - new Date(now).getTime()) / 1000);
  const size = Math.abs(seconds);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (size < 60) return relative.format(0, 'second');
  if (size >= 7 * 86_400) return formatDate(moment, language);
  const [unit, length] = steps.findLast(([, length]) => size >= length) ?? ['second', 1];
  return relative.format(Math.trunc(seconds / length), unit);
};
