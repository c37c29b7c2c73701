import type { OperationId } from '@casetalk/contract';
import { accountCalls } from './account-calls.ts';
import type { Arrange } from './arrange.ts';
import { careCalls } from './care-calls.ts';

/** One entry for each operation; the compiler asks for the missing ones. */
export const calls: Record<OperationId, Arrange> = { ...accountCalls, ...careCalls };
