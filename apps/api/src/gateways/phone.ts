import type { Language } from '@casetalk/contract';

export interface OutgoingText {
  /** E.164 */
  readonly to: string;
  readonly body: string;
  /** Where the provider reports what becomes of it. */
  readonly statusCallback: string;
  /** Whole seconds after which the provider throws it away instead of delivering it. */
  readonly validSeconds: number;
}

/** Something said in a call, or a silence in seconds. */
export type Spoken = { readonly say: string } | { readonly pause: number };

export interface OutgoingCall {
  /** E.164 */
  readonly to: string;
  readonly language: Language;
  readonly spoken: readonly Spoken[];
  readonly statusCallback: string;
}

export interface Phone {
  /**
   * Hands a text to the provider.
   * @returns the provider's id of the message
   * @throws DeliveryRefused when it can never arrive, DeliveryPostponed when the provider did not take it now
   */
  sendText(text: OutgoingText): Promise<string>;
  /**
   * Has the provider call and speak; the same answers as for a text. While it greets, the provider finds out who picked
   * up and says so where it reports: a machine must be hung up on before it records what is said.
   */
  call(call: OutgoingCall): Promise<string>;
  /** Ends a call that is under way; nothing happens when it has ended already. */
  hangUp(callId: string): Promise<void>;
}
