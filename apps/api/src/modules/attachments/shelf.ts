import type { Attachment, CaseAttachment } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { ReceivedFile } from './receive-file.ts';

/** The file that an upload became, in the one form or the other. */
export interface Arrived {
  readonly attachment: Attachment | null;
  readonly caseAttachment: CaseAttachment | null;
}

/** Where a resumable upload goes: a talk or a case. Everything happens in a transaction as the person who uploads. */
export interface Shelf<A extends Person> {
  /** The case that the place belongs to. @throws ProblemError `not-found` when the actor has no such place */
  open(tx: Tx, actor: A, placeId: string): Promise<string>;
  /**
   * Makes sure that there is room, until the transaction ends for this upload alone.
   * @throws ProblemError `not-found`, `state-conflict`, `too-many-files`, `quota-reached`
   */
  setAside(tx: Tx, actor: A, placeId: string, size: number): Promise<void>;
  /**
   * Writes the rows of a whole file.
   * @returns what to do after the commit
   * @throws ProblemError as {@link setAside}
   */
  add(
    tx: Tx,
    actor: A,
    origin: Origin,
    key: DataKey,
    placeId: string,
    uploadKey: string,
    file: ReceivedFile,
  ): Promise<() => void>;
  /** The file that an upload became; its name opens with the place's key. */
  find(tx: Tx, actor: A, placeId: string, uploadKey: string): Promise<{ present(key: DataKey): Arrived }>;
}
