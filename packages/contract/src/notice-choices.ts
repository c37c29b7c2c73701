import * as z from 'zod';
import { noticeChannels } from './choices.ts';
import { endpoint } from './endpoint.ts';

export const noticeChannel = z.enum(noticeChannels);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'Enter a time, like 21:00');

/** The hours of the day in which no notice comes; over midnight where the end is the earlier one. */
export const quietHoursSchema = z
  .object({
    from: timeOfDay,
    to: timeOfDay,
    timeZone: z.string().describe('IANA name, such as America/Los_Angeles.'),
  })
  .meta({ id: 'QuietHours' });

const chosenHours = z
  .strictObject({
    ...quietHoursSchema.shape,
    timeZone: z.string().max(64).refine(isTimeZone, 'Choose a time zone'),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'Choose another time than the first one' })
  .meta({ id: 'ChooseQuietHours' });

export const noticeChoicesSchema = z
  .object({
    channel: noticeChannel.describe('How I am told of unread messages.'),
    channels: z
      .array(noticeChannel)
      .describe('What I can choose from: `text` needs a verified mobile number.'),
    quietHours: quietHoursSchema.nullable(),
  })
  .meta({ id: 'NoticeChoices' });

export const getNoticeChoices = endpoint({
  method: 'GET',
  path: '/v1/me/notice-choices',
  tag: 'me',
  summary: 'How and when I am told of unread messages',
  access: ['clinician', 'patient'],
  status: 200,
  output: noticeChoicesSchema,
  problems: [],
});

export const changeNoticeChoices = endpoint({
  method: 'PUT',
  path: '/v1/me/notice-choices',
  tag: 'me',
  summary: 'Choose how and when I am told of unread messages',
  description:
    'A notice that falls into quiet hours comes when they end, unless all is read by then. Codes and notices about the account itself always come.',
  access: ['clinician', 'patient'],
  body: z
    .strictObject({ channel: noticeChannel, quietHours: chosenHours.nullable() })
    .meta({ id: 'ChangeNoticeChoices' }),
  status: 200,
  output: noticeChoicesSchema,
  problems: [],
});

export type NoticeChannel = z.infer<typeof noticeChannel>;
export type NoticeChoices = z.infer<typeof noticeChoicesSchema>;
export type QuietHours = z.infer<typeof quietHoursSchema>;
