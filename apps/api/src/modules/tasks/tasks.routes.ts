import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import type { TaskService } from './tasks.service.ts';

export function taskRoutes(app: FastifyInstance, tasks: TaskService): void {
  handle(app, endpoints.listTasks, {}, async ({ actor, origin }) => ({
    data: await tasks.list(actor, origin),
    nextCursor: null,
  }));

  handle(app, endpoints.finishTask, { perMinute: 60 }, async ({ actor, origin, params }) => {
    await tasks.finish(actor, origin, params.taskId);
  });
}
