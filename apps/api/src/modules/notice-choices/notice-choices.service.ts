import type { BodyOf, changeNoticeChoices, NoticeChoices } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { channelsOf, presentChoices } from './notice-choices.rules.ts';
import { noticeChoicesRepository } from './notice-choices.repository.ts';

export type NoticeChoicesNeeds = Pick<Dependencies, 'db'>;

const refused = (pointer: string, detail: string): ProblemError =>
  new ProblemError('invalid-request', { errors: [{ pointer, in: 'body', detail }] });

export function createNoticeChoicesService({ db }: NoticeChoicesNeeds) {
  async function read(tx: Tx, person: Person): Promise<NoticeChoices> {
    const channels = channelsOf(await noticeChoicesRepository.phoneKind(tx, person));
    return presentChoices(await noticeChoicesRepository.find(tx, person), channels);
  }

  return {
    get: (person: Person): Promise<NoticeChoices> => db.as(person, (tx) => read(tx, person)),

    /** @throws ProblemError `invalid-request` for a way that the person cannot be reached by, or an unknown time zone */
    change: (
      person: Person,
      origin: Origin,
      wanted: BodyOf<typeof changeNoticeChoices>,
    ): Promise<NoticeChoices> =>
      db.as(person, async (tx) => {
        const channels = channelsOf(await noticeChoicesRepository.phoneKind(tx, person));
        if (!channels.includes(wanted.channel)) {
          throw refused('/channel', 'Text messages need a verified mobile number.');
        }
        const zone = wanted.quietHours?.timeZone;
        if (zone !== undefined && !(await noticeChoicesRepository.knowsZone(tx, zone))) {
          throw refused('/quietHours/timeZone', 'Choose a time zone');
        }
        await noticeChoicesRepository.keep(tx, person, wanted);
        await recordAudit(tx, person, origin, {
          action: 'noticeChoices.change',
          resourceType: person.kind,
          resourceId: person.id,
        });
        return read(tx, person);
      }),
  };
}
