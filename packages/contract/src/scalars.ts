import * as z from 'zod';
import { limits } from './limits.ts';

/** A record's id: a UUIDv7 (RFC 9562) in its canonical lower-case form. */
export const id = z.uuid().meta({ description: 'UUIDv7' });

/** An instant in UTC, RFC 3339 with milliseconds and `Z`. */
export const instant = z.iso.datetime().meta({ description: 'An instant in UTC' });

/** A calendar date, `YYYY-MM-DD`. */
export const calendarDate = z.iso.date();

/** A person's email address, trimmed and lower-cased: one mailbox, one account. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(limits.emailLength, 'Enter an email address of at most 254 characters')
  .pipe(z.email('Enter an email address in the correct format, like name@example.com'));

/** A phone number as people write it; the API reads it with libphonenumber and stores E.164. */
export const phoneText = z
  .string()
  .trim()
  .min(5, 'Enter a phone number, like (415) 555-0142')
  .max(32, 'Enter a phone number, like (415) 555-0142');

export const language = z.enum(['en', 'es']);

/** One line of text that must say something. */
export const line = (max: number, empty: string) =>
  z
    .string()
    .trim()
    .min(1, empty)
    .max(max, `Use ${max} characters or fewer`)
    .refine((value) => !/\p{Cc}/u.test(value), 'Remove line breaks and control characters');

/** Text of several lines; NUL cannot be stored by PostgreSQL. */
export const prose = (max: number) =>
  z
    .string()
    .max(max, `Use ${max} characters or fewer`)
    .refine((value) => !value.includes('\u0000'), 'Remove the characters that are not text');

/** What a list is searched for: part of a name or a title. */
export const searchText = z
  .string()
  .trim()
  .max(limits.nameLength)
  .refine((value) => !value.includes('\u0000'), 'Remove the characters that are not text');

/** The secret of an emailed link: 32 random bytes in base64url. */
export const linkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This is not a complete link');

/** Opaque; long enough for the longest sort key, a file name of 255 characters in UTF-8. */
export const cursor = z.string().max(2048);

/** Query of every list: where to go on, and how many at most. */
export const pageQuery = z.strictObject({
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(limits.maxPageSize).default(limits.pageSize),
});

/** A page of a list; `nextCursor` is null on the last one. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ data: z.array(item), nextCursor: cursor.nullable() });

export type Language = z.infer<typeof language>;
