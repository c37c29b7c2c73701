import type { Task } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { Dependencies } from '../../dependencies.ts';
import { notFound } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { presentTask } from './tasks.presenter.ts';
import { taskRepository } from './tasks.repository.ts';

export type TaskNeeds = Pick<Dependencies, 'db' | 'events'>;

export function createTaskService({ db, events }: TaskNeeds) {
  return {
    list: (actor: ClinicianActor, origin: Origin): Promise<Task[]> =>
      db.as(actor, async (tx) => {
        await recordAudit(tx, actor, origin, {
          action: 'task.listed',
          resourceType: 'clinician',
          resourceId: actor.id,
        });
        return (await taskRepository.listOpen(tx, actor.id)).map(presentTask);
      }),

    /** @throws ProblemError `not-found` for what is no open task of the clinician */
    async finish(actor: ClinicianActor, origin: Origin, id: string): Promise<void> {
      await db.as(actor, async (tx) => {
        const done = await taskRepository.finish(tx, actor.id, id);
        if (!done) throw notFound();
        await recordAudit(tx, actor, origin, {
          action: 'task.done',
          resourceType: 'task',
          resourceId: id,
          ...done,
        });
      });
      events.publish([actor.id], { type: 'task.changed' });
    },
  };
}

export type TaskService = ReturnType<typeof createTaskService>;
