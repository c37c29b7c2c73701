/**
 * What a code is for. A registration's code is paid for by its invitation, a password reset's by the reset itself: tries and sends
 * are counted on that owner, so that a new code, channel or browser never refills them.
 */
export type CodeFlow =
  | { readonly kind: 'registration'; readonly id: string; readonly ownerId: string }
  | { readonly kind: 'passwordReset'; readonly id: string; readonly ownerId: string };
