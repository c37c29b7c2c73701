import { clinicians, demoId, patients } from './people.ts';

export interface DemoMessage {
  readonly from: 'clinician' | 'patient';
  /** How long ago it was sent, in hours. */
  readonly hoursAgo: number;
  readonly text: string;
}

export interface DemoCase {
  readonly id: string;
  readonly patientName: string;
  readonly birthDate: string;
  readonly title: string;
  readonly description: string;
  readonly closed?: true;
  /** Ids of clinicians, the one who opened the case first. */
  readonly members: readonly string[];
  readonly daysOld: number;
  readonly doctorTalk?: readonly {
    readonly from: string;
    readonly hoursAgo: number;
    readonly text: string;
  }[];
  readonly talk?: {
    readonly clinician: string;
    readonly patient: string;
    readonly messages: readonly DemoMessage[];
  };
}

const by = (name: string): string => clinicians.find((person) => person.name === name)?.id ?? '';
const patient = (name: string): string => patients.find((person) => person.name === name)?.id ?? '';
const chen = by('Dr Grace Chen');
const okafor = by('Dr Samuel Okafor');
const noor = by('Noor Haddad');
const tom = by('Tom Brandt');
const ferrer = by('Dr Lucía Ferrer');
const lund = by('Dr Henrik Lund');
const priya = by('Priya Nair');

/** The first case is the tour's: nobody has invited its patient yet. */
export const cases: readonly DemoCase[] = [
  {
    id: demoId(4, 1),
    patientName: 'Ana Ruiz',
    birthDate: '1988-04-17',
    title: 'Knee pain after a fall',
    description:
      'Fell on stairs two weeks ago. Swelling on the inner side, walks with a limp. X-ray without a fracture.',
    members: [chen, okafor, noor],
    daysOld: 1,
    doctorTalk: [
      {
        from: chen,
        hoursAgo: 22,
        text: 'I would like to see pictures of the swelling over the next days before we decide on an MRI.',
      },
      {
        from: noor,
        hoursAgo: 20,
        text: 'She can send them herself if you invite her. Her mobile is in the record.',
      },
    ],
  },
  {
    id: demoId(4, 2),
    patientName: 'Walter Boone',
    birthDate: '1951-09-02',
    title: 'Blood pressure, follow-up',
    description: 'New medication since October. Measures at home twice a day.',
    members: [chen, noor],
    daysOld: 40,
    talk: {
      clinician: chen,
      patient: patient('Walter Boone'),
      messages: [
        {
          from: 'clinician',
          hoursAgo: 76,
          text: 'Dear Mr Boone, please write down your readings for this week, mornings and evenings, and send them to me here.',
        },
        {
          from: 'patient',
          hoursAgo: 52,
          text: 'Good morning doctor. Monday 148 over 86 and 141 over 84. Tuesday 144 over 85 and 139 over 82. I feel a little dizzy when I stand up.',
        },
        {
          from: 'clinician',
          hoursAgo: 49,
          text: 'Thank you, that helps. Please stand up slowly and drink a glass of water first. If you faint, call 911. Go on with the half tablet.',
        },
        { from: 'patient', hoursAgo: 3, text: 'The dizziness is better. This morning 136 over 80.' },
      ],
    },
    doctorTalk: [
      { from: noor, hoursAgo: 48, text: 'He called about the dizziness too. I told him to stand up slowly.' },
    ],
  },
  {
    id: demoId(4, 3),
    patientName: 'Marta Iglesias',
    birthDate: '1996-01-30',
    title: 'Wisdom teeth, both sides',
    description: 'Referred by Harbor Street. Removal planned in one session.',
    members: [ferrer, priya, chen],
    daysOld: 12,
    talk: {
      clinician: ferrer,
      patient: patient('Marta Iglesias'),
      messages: [
        {
          from: 'clinician',
          hoursAgo: 30,
          text: 'Estimada Marta: no coma nada seis horas antes de la cita. ¿Toma algún medicamento de forma regular?',
        },
        {
          from: 'patient',
          hoursAgo: 26,
          text: 'Buenos días, doctora. Solo tomo algo para la alergia en primavera. ¿Puedo ir sola o debo venir acompañada?',
        },
        { from: 'clinician', hoursAgo: 25, text: 'Venga acompañada, por favor: no podrá conducir después.' },
      ],
    },
  },
  {
    id: demoId(4, 4),
    patientName: 'Gideon Marsh',
    birthDate: '1979-12-11',
    title: 'Migraine diary',
    description: 'Four to six days a month. Keeps a diary.',
    members: [okafor, tom],
    daysOld: 21,
  },
  {
    id: demoId(4, 5),
    patientName: 'Yara Said',
    birthDate: '2015-06-08',
    title: 'Asthma, school plan',
    description: 'Needs a written plan for the school nurse.',
    members: [okafor, noor, chen],
    daysOld: 6,
    doctorTalk: [{ from: okafor, hoursAgo: 70, text: 'The school asked for the plan by Friday.' }],
  },
  {
    id: demoId(4, 6),
    patientName: 'Otto Reinholt',
    birthDate: '1944-03-25',
    title: 'Wound on the left shin',
    description: 'Dressing every second day.',
    members: [noor, chen],
    daysOld: 16,
  },
  {
    id: demoId(4, 7),
    patientName: 'Delphine Arnaud',
    birthDate: '1992-08-19',
    title: 'Aligners, stage two',
    description: 'Second set of aligners since September.',
    members: [lund, priya],
    daysOld: 33,
  },
  {
    id: demoId(4, 8),
    patientName: 'Kofi Mensah',
    birthDate: '1967-05-14',
    title: 'Implant, upper right',
    description: 'Healing time until January.',
    members: [ferrer, lund, priya],
    daysOld: 55,
    doctorTalk: [{ from: lund, hoursAgo: 100, text: 'Space is sufficient now. Ready when you are.' }],
  },
  {
    id: demoId(4, 9),
    patientName: 'Rosalind Achterberg-Montgomery',
    birthDate: '1983-10-29',
    title: 'Thyroid nodule, watch and repeat the ultrasound in six months',
    description: '',
    members: [chen, okafor, tom],
    daysOld: 4,
  },
  {
    id: demoId(4, 10),
    patientName: 'Luis Ortega',
    birthDate: '2001-02-05',
    title: 'Allergy test results',
    description: 'Results are in. Talk about avoiding nuts.',
    members: [chen],
    daysOld: 2,
  },
  {
    id: demoId(4, 11),
    patientName: 'Beatrix Holm',
    birthDate: '1958-07-22',
    title: 'Diabetes, half-yearly check',
    description: 'HbA1c in range.',
    members: [okafor, noor],
    daysOld: 90,
    closed: true,
  },
  {
    id: demoId(4, 12),
    patientName: 'Emeka Eze',
    birthDate: '1990-11-03',
    title: 'Shoulder, after surgery',
    description: 'Six weeks after surgery. Exercises at home.',
    members: [chen, tom, noor],
    daysOld: 9,
  },
  {
    id: demoId(4, 13),
    patientName: 'Sofie Vermeulen',
    birthDate: '2009-09-16',
    title: 'Braces, first consultation',
    description: 'With her mother.',
    members: [lund],
    daysOld: 3,
  },
  {
    id: demoId(4, 14),
    patientName: 'Hiroshi Tanaka',
    birthDate: '1971-04-01',
    title: 'Jaw pain in the morning',
    description: 'Night guard ordered.',
    members: [ferrer, lund],
    daysOld: 27,
  },
  {
    id: demoId(4, 15),
    patientName: 'Pilar Domínguez',
    birthDate: '1986-12-24',
    title: 'Pregnancy, second trimester',
    description: 'Everything as expected so far.',
    members: [okafor, noor, tom],
    daysOld: 14,
  },
];
