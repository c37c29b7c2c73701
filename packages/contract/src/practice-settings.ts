import * as z from 'zod';
import { endpoint } from './endpoint.ts';

export const practiceSettingsSchema = z
  .object({
    sendsReminders: z
      .boolean()
      .describe('Whether invitees who have not registered are reminded on day 3, 7 and 14.'),
  })
  .meta({ id: 'PracticeSettings' });

export const getPracticeSettings = endpoint({
  method: 'GET',
  path: '/v1/practice/settings',
  tag: 'practice',
  summary: 'What my practice has chosen',
  description: 'For its administrators.',
  access: ['clinician'],
  status: 200,
  output: practiceSettingsSchema,
  problems: [],
});

export const changePracticeSettings = endpoint({
  method: 'PUT',
  path: '/v1/practice/settings',
  tag: 'practice',
  summary: 'Choose for my practice',
  description: 'For its administrators. What is chosen holds at once, for invitations that wait already too.',
  access: ['clinician'],
  body: z.strictObject({ sendsReminders: z.boolean() }).meta({ id: 'ChangePracticeSettings' }),
  status: 200,
  output: practiceSettingsSchema,
  problems: [],
});

export type PracticeSettings = z.infer<typeof practiceSettingsSchema>;
