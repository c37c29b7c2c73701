import type { Client, Result } from '@casetalk/client';
import type { OperationId } from '@casetalk/contract';
import type { World } from './world.ts';

/** Calls an operation on the target that its row names. Fixtures that an act uses up are made anew for each call. */
export type Knock = (client: Client) => Promise<Result<unknown>>;
export type Arrange = (world: World) => Promise<Knock> | Knock;
export type Calls = Partial<Record<OperationId, Arrange>>;
