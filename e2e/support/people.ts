/** A clinician of the demo data, as `start` prints them. */
export interface DemoClinician {
  readonly name: string;
  readonly email: string;
}

/** What every person of the demo data signs in with. */
export const demoPassword = 'plum river under lamps';

export const chen: DemoClinician = { name: 'Dr Grace Chen', email: 'grace.chen@example.com' };
export const okafor: DemoClinician = { name: 'Dr Samuel Okafor', email: 'samuel.okafor@example.com' };
export const noor: DemoClinician = { name: 'Noor Haddad', email: 'noor.haddad@example.com' };
export const lund: DemoClinician = { name: 'Dr Henrik Lund', email: 'henrik.lund@example.com' };

export const brandt: DemoClinician = { name: 'Tom Brandt', email: 'tom.brandt@example.com' };
export const whitaker: DemoClinician = { name: 'Paul Whitaker', email: 'paul.whitaker@example.com' };
export const nair: DemoClinician = { name: 'Priya Nair', email: 'priya.nair@example.com' };

/** An invented patient of one story. */
export interface Patient {
  readonly name: string;
  readonly email: string;
  /** As the clinic writes it; from the range kept for fiction. */
  readonly mobile: string;
  readonly password: string;
}

/** "(415) 555-0151" as the providers write it. */
export const e164 = (phone: string): string => `+1${phone.replaceAll(/\D/g, '')}`;
