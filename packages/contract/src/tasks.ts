import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, pageOf } from './scalars.ts';

export const taskSchema = z
  .object({
    id,
    kind: z
      .enum(['patientHasNotRead', 'youHaveNotRead'])
      .describe('Whose reading is waited for: the patient’s, or my own.'),
    caseId: id,
    talkId: id,
    patientName: z.string(),
    unreadSince: instant,
  })
  .meta({ id: 'Task' });

export const listTasks = endpoint({
  method: 'GET',
  path: '/v1/tasks',
  tag: 'tasks',
  summary: 'What has been unread for three days, the oldest first',
  description: 'Of my own patient talks, at most 100. A task goes by itself when the message is read.',
  access: ['clinician'],
  status: 200,
  output: pageOf(taskSchema),
  problems: [],
});

export const finishTask = endpoint({
  method: 'POST',
  path: '/v1/tasks/{taskId}/done',
  tag: 'tasks',
  summary: 'Mark a task as done',
  description: 'The message stays as unread as it is. A later one that is not read makes a new task.',
  access: ['clinician'],
  params: z.strictObject({ taskId: id }),
  status: 204,
  problems: [],
});

export type Task = z.infer<typeof taskSchema>;
