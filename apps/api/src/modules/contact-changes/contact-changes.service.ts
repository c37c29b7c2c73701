import type { Me, PhoneChange, PhoneKind, Verification } from '@casetalk/contract';
import type { Origin, PatientActor } from '../../actors.ts';
import { isUniqueViolation, type Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { claimRate } from '../../db/rate-counter.ts';
import type { Dependencies } from '../../dependencies.ts';
import { hashSecret } from '../../gateways/random.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { peopleRepository } from '../people/index.ts';
import {
  type CodeFlow,
  destinationsOf,
  presentMethod,
  type VerificationService,
} from '../verifications/index.ts';
import { contactChangeRepository, type PhoneChangeRow } from './contact-changes.repository.ts';
import { emailChangeRate } from './contact-changes.rules.ts';

export type ContactChangeNeeds = Pick<Dependencies, 'db' | 'jobs' | 'phoneNumbers'> & {
  readonly verifications: VerificationService;
  /** Lets on only who proved the password and a second factor a moment ago. */
  readonly requireFresh: (person: PatientActor) => Promise<void>;
  readonly me: (tx: Tx, person: PatientActor) => Promise<Me>;
};

const conflict = (): ProblemError => new ProblemError('state-conflict');
const codeFlowOf = ({ id }: PhoneChangeRow): CodeFlow => ({ kind: 'contactChange', id, ownerId: id });

const numbersOf = ({ phone, phoneKind }: PhoneChangeRow) =>
  destinationsOf({
    mobile: phoneKind === 'mobile' ? phone : null,
    landline: phoneKind === 'landline' ? phone : null,
  });

/** Where a patient is reached: a new number once a code sent to it came back, a new address once its link was pressed. */
export function createContactChangeService(needs: ContactChangeNeeds) {
  const { db, jobs, verifications } = needs;

  const audit = (action: string, patientId: string) => ({
    action,
    resourceType: 'patient',
    resourceId: patientId,
  });

  async function changeOf(tx: Tx, person: PatientActor): Promise<PhoneChangeRow> {
    const change = await contactChangeRepository.phoneChange(tx, person.id);
    if (!change) throw conflict();
    return change;
  }

  const present = async (tx: Tx, row: PhoneChangeRow): Promise<PhoneChange> => ({
    methods: numbersOf(row).map(presentMethod),
    verification: await verifications.current(tx, codeFlowOf(row)),
    expiresAt: row.expiresAt.toISOString(),
  });

  return {
    async startPhone(
      person: PatientActor,
      origin: Origin,
      given: { phone: string; kind: PhoneKind },
    ): Promise<PhoneChange> {
      const phone = needs.phoneNumbers.parse(given.phone, given.kind, '/phone');
      await needs.requireFresh(person);
      return db.transaction(async (tx) => {
        const id = newId();
        const change = { id, patientId: person.id, phone, phoneKind: given.kind };
        await contactChangeRepository.startPhone(tx, change);
        await recordAudit(tx, person, origin, audit('phone.enter', person.id));
        return present(tx, await changeOf(tx, person));
      });
    },

    /** For whoever comes back to it, and for whoever waits for its code. */
    phoneChange: (person: PatientActor): Promise<{ change: PhoneChange | null }> =>
      db.transaction(async (tx) => {
        const row = await contactChangeRepository.phoneChange(tx, person.id);
        return { change: row ? await present(tx, row) : null };
      }),

    async sendCode(person: PatientActor, origin: Origin, methodId: string): Promise<Verification> {
      const change = await db.transaction((tx) => changeOf(tx, person));
      const to = numbersOf(change).find((number) => number.methodId === methodId);
      if (!to) {
        throw new ProblemError('phone-refused', {
          errors: [{ pointer: '/methodId', in: 'body', detail: 'Choose one of the ways that are offered.' }],
        });
      }
      return verifications.send(person, origin, codeFlowOf(change), to);
    },

    /** The right code makes the number the account's: codes of the next sign-in go there. */
    async submitCode(person: PatientActor, origin: Origin, code: string): Promise<Me> {
      const change = await db.transaction((tx) => changeOf(tx, person));
      await needs.requireFresh(person);
      await verifications.submit(person, origin, codeFlowOf(change), code, {
        async proved(tx, number) {
          if (!(await contactChangeRepository.end(tx, change.id))) throw conflict();
          await peopleRepository.setPhone(tx, person.id, number);
          await recordAudit(tx, person, origin, audit('phone.change', person.id));
          await jobs.enqueue(tx, 'account.mail', {
            kind: 'phoneChanged',
            portal: 'patient',
            personId: person.id,
          });
        },
        // The number can be entered again; nobody else has to act.
        usedUp: async () => undefined,
      });
      return db.transaction((tx) => needs.me(tx, person));
    },

    /** Does the same work whether or not the address has an account; the mail is a job's business. */
    async requestEmail(person: PatientActor, origin: Origin, email: string): Promise<void> {
      await needs.requireFresh(person);
      await db.transaction(async (tx) => {
        const retryAfterSeconds = await claimRate(tx, emailChangeRate(person.id));
        if (retryAfterSeconds !== undefined) {
          throw new ProblemError('too-many-requests', { retryAfterSeconds });
        }
        const id = newId();
        await contactChangeRepository.startEmail(tx, { id, patientId: person.id, email });
        await recordAudit(tx, person, origin, audit('email.enter', person.id));
        await jobs.enqueue(tx, 'emailChange.mail', { contactChangeId: id });
      });
    },

    /** Whoever holds the link reads the new mailbox; the account's owner asked for it and confirmed again then. */
    async confirmEmail(token: string, origin: Origin): Promise<void> {
      try {
        await db.transaction(async (tx) => {
          const change = await contactChangeRepository.emailChange(tx, hashSecret(token));
          if (!change) throw new ProblemError('link-unusable', { linkStatus: 'unknown' });
          const { email: oldEmail } = await peopleRepository.account(tx, 'patient', change.patientId);
          if (
            change.used ||
            change.overdue ||
            !(await contactChangeRepository.end(tx, change.id, oldEmail))
          ) {
            throw new ProblemError('link-unusable', { linkStatus: change.used ? 'used' : 'expired' });
          }
          await peopleRepository.setEmail(tx, change.patientId, change.email);
          await recordAudit(tx, { kind: 'anyone' }, origin, audit('email.change', change.patientId));
          await jobs.enqueue(tx, 'emailChange.notice', { contactChangeId: change.id });
        });
      } catch (error) {
        // Somebody registered with the address in the meantime.
        if (isUniqueViolation(error, 'patients_email')) {
          throw new ProblemError('link-unusable', { linkStatus: 'revoked' });
        }
        throw error;
      }
    },
  };
}

export type ContactChangeService = ReturnType<typeof createContactChangeService>;
