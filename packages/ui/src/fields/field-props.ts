import type { ReactNode } from 'react';

/** What every field has: its words, and an id that the error summary can lead to. */
export interface FieldProps {
  readonly id: string;
  readonly label: string;
  /** Said before one types; never a placeholder. */
  readonly hint?: ReactNode;
}
