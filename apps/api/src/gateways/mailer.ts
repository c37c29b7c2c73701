/** One email to one person. */
export interface Mail {
  readonly to: string;
  /** The name that the mail comes from; its address is a setting. */
  readonly fromName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Beside the provider's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Comes back in the provider's events, so that they find the delivery. */
  readonly deliveryId?: string;
}

export interface Mailer {
  /**
   * Hands an email to the provider.
   * @returns the provider's id of the message, null when it gave none
   * @throws DeliveryRefused when the provider will never take it, DeliveryPostponed when it did not take it now
   */
  send(mail: Mail): Promise<string | null>;
}
