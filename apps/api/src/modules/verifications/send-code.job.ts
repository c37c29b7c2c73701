import type { Tx } from '../../db/database.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { type CodeReport, recordCodeFate } from './code-fate.repository.ts';
import { sealContext } from './code-seal.ts';
import { codeSpeech, codeText } from './code-words.ts';
import { findOutgoingCode, type OutgoingCode } from './outgoing-code.repository.ts';

/** Texts or calls with a live code. What is late is dropped: a dead code must never arrive. */
export function createCodeSender({ db, events, phone, sealer, settings }: WorkerDependencies) {
  return async ({ verificationId, sendNumber }: JobPayloads['code.send']): Promise<void> => {
    const outgoing = await db.transaction((tx) => findOutgoingCode(tx, verificationId));
    if (!outgoing || outgoing.sends > sendNumber) return;
    let report: CodeReport | undefined;
    const keep = (state: 'sent' | 'failed') => async (tx: Tx, deliveryId: string, reason?: string) => {
      report = await recordCodeFate(tx, { deliveryId, verificationId }, state, reason ?? null);
    };
    await handOver(db, { purpose: 'code', verificationId }, (deliveryId) => send(outgoing, deliveryId), {
      handedOver: keep('sent'),
      refused: keep('failed'),
    });
    if (!report) return;
    const { clinicianId, invitationId, caseId } = report;
    events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
  };

  function send(outgoing: OutgoingCode, deliveryId: string): Promise<string> {
    const { channel, phone: to, language, portal, secondsLeft } = outgoing;
    const code = sealer.open(outgoing.sealedCode, sealContext(outgoing.id));
    const statusCallback = new URL(`/v1/webhooks/twilio/${deliveryId}`, settings.PUBLIC_API_URL).href;
    if (channel === 'call') {
      return phone.call({ to, language, spoken: codeSpeech(language, code), statusCallback });
    }
    const portalUrl = portal === 'patient' ? settings.PUBLIC_PATIENT_URL : settings.PUBLIC_CLINICIAN_URL;
    const body = codeText(language, code, new URL(portalUrl).hostname);
    return phone.sendText({ to, body, statusCallback, validSeconds: secondsLeft });
  }
}
