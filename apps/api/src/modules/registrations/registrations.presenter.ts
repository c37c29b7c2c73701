import type { DeliveryMethod, Registration, Verification } from '@casetalk/contract';
import type { RegistrationFacts } from './registrations.repository.ts';
import { mayEnterPhone, stepOf } from './registrations.rules.ts';

/** What a browser may see of its registration: the practice, and nothing of the patient or the case. */
export function presentRegistration(
  facts: RegistrationFacts,
  methods: DeliveryMethod[],
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
    methods: verified ? [] : methods,
    phoneNeeded: mayEnterPhone(facts) && facts.enteredPhone === null,
    phoneMayChange: !verified && mayEnterPhone(facts) && facts.enteredPhone !== null,
    verification: verified ? null : verification,
    expiresAt: facts.endsAt.toISOString(),
  };
}
