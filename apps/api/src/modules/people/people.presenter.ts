import type { Clinician, ClinicianMe, PatientMe } from '@casetalk/contract';
import type { ClinicianRow } from './people.repository.ts';

export const presentClinician = (row: ClinicianRow): Clinician => ({
  id: row.id,
  name: row.name,
  role: row.role,
  jobTitle: row.jobTitle,
  practice: { id: row.practice.id, name: row.practice.name, phone: row.practice.phone },
});

export const presentClinicianMe = (row: ClinicianRow & { email: string }): ClinicianMe => ({
  kind: 'clinician',
  ...presentClinician(row),
  email: row.email,
  abilities: { createCase: row.role !== 'administrator' },
});

export const presentPatientMe = (
  row: {
    id: string;
    name: string;
    email: string;
    phone: string;
    language: 'en' | 'es';
    termsVersion: string;
  },
  currentTermsVersion: string,
): PatientMe => ({
  kind: 'patient',
  id: row.id,
  name: row.name,
  email: row.email,
  phoneHint: row.phone.slice(-2),
  language: row.language,
  termsDue: row.termsVersion !== currentTermsVersion,
});
