/**
 * What a code is for. A registration's code is paid for by its invitation, a password reset's by the reset itself: tries and sends
 * are counted on that owner, so that a new code, channel or browser never refills them. A second factor's and a new number's
 * are their own owners; tries at the second factor are counted for the account besides.
 */
export type CodeFlow =
  | { readonly kind: 'registration'; readonly id: string; readonly ownerId: string }
  | { readonly kind: 'passwordReset'; readonly id: string; readonly ownerId: string }
  | { readonly kind: 'secondFactor'; readonly id: string; readonly ownerId: string }
  | { readonly kind: 'contactChange'; readonly id: string; readonly ownerId: string };
