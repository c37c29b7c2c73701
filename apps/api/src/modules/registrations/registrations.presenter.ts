import type { Registration, Verification } from '@casetalk/contract';
import { destinationsOf, presentMethod } from '../verifications/verifications.rules.ts';
import type { RegistrationFacts } from './registrations.repository.ts';
import { mayEnterPhone, numbersOf, stepOf } from './registrations.rules.ts';

/** What a browser may see of its registration: the practice, and nothing of the patient or the case. */
export function presentRegistration(
  facts: RegistrationFacts,
  verification: Verification | null,
  termsAccepted: boolean,
): Registration {
  const verified = facts.verifiedAt !== null;
  return {
    step: stepOf({
      verified,
      codeUnderWay: verification !== null,
      termsAccepted,
      ended: facts.endedAt !== null,
    }),
    practice: { name: facts.practice.name, phone: facts.practice.phone },
    language: facts.language,
    methods: verified ? [] : destinationsOf(numbersOf(facts)).map(presentMethod),
    phoneNeeded: mayEnterPhone(facts) && facts.enteredPhone === null,
    phoneMayChange: !verified && mayEnterPhone(facts) && facts.enteredPhone !== null,
    verification: verified ? null : verification,
    expiresAt: facts.endsAt.toISOString(),
  };
}
