import type { FastifyInstance } from 'fastify';
import { taskRoutes } from './tasks.routes.ts';
import { createTaskService, type TaskNeeds } from './tasks.service.ts';

export { createUnreadTaskMailer, takeDueTasks } from './unread-task.job.ts';
export { unreadWatchRepository } from './unread-watch.repository.ts';

/** What waits to be read for too long comes back to the talk's clinician as a task. */
export function tasksModule(needs: TaskNeeds) {
  const tasks = createTaskService(needs);
  return { routes: (app: FastifyInstance): void => taskRoutes(app, tasks) };
}
