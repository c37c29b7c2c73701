import type { endpoints, Message, QueryOf } from '@casetalk/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { GrantHolder } from '../../db/database.ts';

/** What a grant opens, by the modules that keep it. */
export interface OpenedReading {
  /** @throws ProblemError `not-found` unless the grant is live */
  readonly messagesByGrant: (
    holder: GrantHolder,
    origin: Origin,
    talkId: string,
    query: QueryOf<typeof endpoints.listBreakGlassMessages>,
  ) => Promise<{ data: Message[]; nextCursor: string | null }>;
  /**
   * Answers with a file's bytes, and cuts them off when they may not be read any more.
   * @throws ProblemError `not-found` unless the grant is live
   */
  readonly sendByGrant: (
    actor: ClinicianActor,
    holder: GrantHolder,
    origin: Origin,
    attachmentId: string,
    form: 'original' | 'preview',
    mayRead: () => Promise<boolean>,
    http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ) => Promise<FastifyReply>;
}
