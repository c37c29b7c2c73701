import type { ClinicianRole } from '@casetalk/contract';

/** Invented people of two invented practices. Nobody here exists; numbers are from the range kept for fiction. */

export interface DemoPractice {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly welcome: { readonly en: string; readonly es: string };
  readonly replyTime: { readonly en: string; readonly es: string };
}

export interface DemoClinician {
  readonly id: string;
  readonly practice: string;
  readonly name: string;
  readonly email: string;
  readonly role: ClinicianRole;
  readonly jobTitle: string;
  readonly phone: string;
}

export interface DemoPatient {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly language: 'en' | 'es';
}

/** Ids of demo rows: readable, ordered, and of the same form as all others. */
const demoId = (kind: number, number: number): string =>
  `01930000-0000-7000-8${kind.toString().padStart(3, '0')}-${number.toString().padStart(12, '0')}`;

export const demoPassword = 'plum river under lamps';

export const practices: readonly DemoPractice[] = [
  {
    id: demoId(1, 1),
    name: 'Harbor Street Clinic',
    phone: '(415) 555-0110',
    welcome: {
      en: 'Welcome. You can write to me here about your care, and send pictures or documents. Only you and I can read this talk.',
      es: 'Bienvenido. Aquí puede escribirme sobre su atención y enviar fotos o documentos. Solo usted y yo podemos leer esta conversación.',
    },
    replyTime: { en: 'usually within one working day', es: 'normalmente en un día laborable' },
  },
  {
    id: demoId(1, 2),
    name: 'Cedar Hill Specialists',
    phone: '(415) 555-0120',
    welcome: {
      en: 'Hello, and welcome. Please write whenever something about your treatment is unclear. Nobody but us two can read it.',
      es: 'Hola y bienvenido. Escríbame cuando algo de su tratamiento no esté claro. Nadie más que nosotros dos puede leerlo.',
    },
    replyTime: { en: 'usually within two working days', es: 'normalmente en dos días laborables' },
  },
];

const at = (practice: number): string => practices[practice - 1]?.id ?? '';

export const clinicians: readonly DemoClinician[] = [
  {
    id: demoId(2, 1),
    practice: at(1),
    name: 'Dr Grace Chen',
    email: 'grace.chen@example.com',
    role: 'doctor',
    jobTitle: 'Family physician',
    phone: '+14155550111',
  },
  {
    id: demoId(2, 2),
    practice: at(1),
    name: 'Dr Samuel Okafor',
    email: 'samuel.okafor@example.com',
    role: 'doctor',
    jobTitle: 'Family physician',
    phone: '+14155550112',
  },
  {
    id: demoId(2, 3),
    practice: at(1),
    name: 'Noor Haddad',
    email: 'noor.haddad@example.com',
    role: 'staff',
    jobTitle: 'Nurse',
    phone: '+14155550113',
  },
  {
    id: demoId(2, 4),
    practice: at(1),
    name: 'Tom Brandt',
    email: 'tom.brandt@example.com',
    role: 'staff',
    jobTitle: 'Medical assistant',
    phone: '+14155550114',
  },
  {
    id: demoId(2, 5),
    practice: at(1),
    name: 'Ingrid Solberg',
    email: 'ingrid.solberg@example.com',
    role: 'caseManager',
    jobTitle: 'Case manager',
    phone: '+14155550115',
  },
  {
    id: demoId(2, 6),
    practice: at(1),
    name: 'Paul Whitaker',
    email: 'paul.whitaker@example.com',
    role: 'administrator',
    jobTitle: 'Practice administrator',
    phone: '+14155550116',
  },
  {
    id: demoId(2, 7),
    practice: at(2),
    name: 'Dr Lucía Ferrer',
    email: 'lucia.ferrer@example.com',
    role: 'doctor',
    jobTitle: 'Oral surgeon',
    phone: '+14155550121',
  },
  {
    id: demoId(2, 8),
    practice: at(2),
    name: 'Dr Henrik Lund',
    email: 'henrik.lund@example.com',
    role: 'doctor',
    jobTitle: 'Orthodontist',
    phone: '+14155550122',
  },
  {
    id: demoId(2, 9),
    practice: at(2),
    name: 'Priya Nair',
    email: 'priya.nair@example.com',
    role: 'staff',
    jobTitle: 'Treatment coordinator',
    phone: '+14155550123',
  },
];

/** Patients who have registered already, so that the inboxes are not empty. */
export const patients: readonly DemoPatient[] = [
  {
    id: demoId(3, 1),
    name: 'Walter Boone',
    email: 'walter.boone@example.com',
    phone: '+14155550141',
    language: 'en',
  },
  {
    id: demoId(3, 2),
    name: 'Marta Iglesias',
    email: 'marta.iglesias@example.com',
    phone: '+14155550142',
    language: 'es',
  },
];

/**
 * The setup key of a demo clinician's authenticator app, made of the name so that nobody takes it for a secret:
 * `DEMO2KEY2OF2GRACE2CHEN2222222222`. Base32, 160 bits.
 */
export const setupKeyOf = ({ email }: Pick<DemoClinician, 'email'>): string => {
  const name = email
    .slice(0, email.indexOf('@'))
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '2');
  return `DEMO2KEY2OF2${name}`.padEnd(32, '2').slice(0, 32);
};

/** What `pnpm start` prints, and gives to the mailroom’s authenticator app. */
export const signIns = [
  ...clinicians.map((person) => ({
    setupKey: setupKeyOf(person),
    portal: 'clinician' as const,
    name: person.name,
    role: `${person.jobTitle}, ${practices.find(({ id }) => id === person.practice)?.name ?? ''}`,
    email: person.email,
    password: demoPassword,
  })),
  ...patients.map((person) => ({
    portal: 'patient' as const,
    name: person.name,
    role: person.language === 'es' ? 'Patient, reads Spanish' : 'Patient',
    email: person.email,
    password: demoPassword,
  })),
];

export { demoId };
