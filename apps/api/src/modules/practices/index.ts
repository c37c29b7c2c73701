import { endpoints, type PracticeSettings } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import type { Dependencies } from '../../dependencies.ts';
import { handle } from '../../plugins/contract-routes.ts';
import { notFound } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { mayChoose } from './practices.policy.ts';
import { practiceRepository } from './practices.repository.ts';

/** What a practice chooses for all of its people. */
export function practicesModule({ db }: Pick<Dependencies, 'db'>) {
  /** @throws ProblemError `not-found` for everybody who is no administrator of a practice */
  function requireAdministrator(actor: ClinicianActor): void {
    if (!mayChoose(actor)) throw notFound();
  }

  async function read(tx: Tx, actor: ClinicianActor): Promise<PracticeSettings> {
    const settings = await practiceRepository.settingsOf(tx, actor.id);
    if (!settings) throw notFound();
    return settings;
  }

  return {
    routes(app: FastifyInstance): void {
      handle(app, endpoints.getPracticeSettings, {}, async ({ actor }) => {
        requireAdministrator(actor);
        return db.as(actor, (tx) => read(tx, actor));
      });

      handle(app, endpoints.changePracticeSettings, { perMinute: 30 }, ({ actor, origin, body }) =>
        change(actor, origin, body),
      );
    },
  };

  async function change(
    actor: ClinicianActor,
    origin: Origin,
    wanted: PracticeSettings,
  ): Promise<PracticeSettings> {
    requireAdministrator(actor);
    return db.as(actor, async (tx) => {
      const practiceId = await practiceRepository.choose(tx, actor.id, wanted);
      await recordAudit(tx, actor, origin, {
        action: 'practiceSettings.change',
        resourceType: 'practice',
        resourceId: practiceId ?? null,
      });
      return read(tx, actor);
    });
  }
}
