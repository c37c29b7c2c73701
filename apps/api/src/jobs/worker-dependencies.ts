import type { Database } from '../db/database.ts';
import type { Mailer } from '../gateways/mailer.ts';
import type { Phone } from '../gateways/phone.ts';
import type { Sealer } from '../gateways/sealer.ts';
import type { EventHub } from '../modules/events/index.ts';
import type { Settings } from '../settings.ts';

/** What jobs work with. The database is opened as casetalk_jobs, which sees no talk and no message. */
export interface WorkerDependencies {
  readonly settings: Pick<Settings, 'PUBLIC_API_URL' | 'PUBLIC_CLINICIAN_URL' | 'PUBLIC_PATIENT_URL'>;
  readonly db: Pick<Database, 'transaction'>;
  readonly events: Pick<EventHub, 'publish'>;
  readonly sealer: Sealer;
  readonly mailer: Mailer;
  readonly phone: Phone;
}
