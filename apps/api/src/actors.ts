import type { ClinicianRole, Portal } from '@casetalk/contract';

/** From where and in what request something was asked; goes into the audit. */
export interface Origin {
  readonly ip: string;
  readonly requestId: string;
}

export interface ClinicianActor {
  readonly kind: 'clinician';
  readonly id: string;
  readonly name: string;
  readonly role: ClinicianRole;
  readonly practiceId: string;
  readonly sessionId: string;
}

export interface PatientActor {
  readonly kind: 'patient';
  readonly id: string;
  readonly name: string;
  readonly sessionId: string;
  readonly termsVersion: string;
}

export interface RegistrationActor {
  readonly kind: 'registration';
  readonly id: string;
  readonly invitationId: string;
}

export interface PasswordResetActor {
  readonly kind: 'passwordReset';
  readonly id: string;
  readonly portal: Portal;
}

/** Whoever gave the right password, until the second factor is given too. */
export interface SignInActor {
  readonly kind: 'signIn';
  readonly id: string;
  readonly portal: Portal;
  readonly personId: string;
}

export interface Nobody {
  readonly kind: 'anyone';
}

export type Person = ClinicianActor | PatientActor;
export type Actor = Person | RegistrationActor | PasswordResetActor | SignInActor | Nobody;
