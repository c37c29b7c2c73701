import type { ClinicianRole } from '@casetalk/contract';

/** Whoever manages a practice's people manages its settings. */
export const mayChoose = ({ role }: { readonly role: ClinicianRole }): boolean => role === 'administrator';
