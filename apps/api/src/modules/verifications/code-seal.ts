/** Binds a sealed code to its row: moved to another one it cannot be opened. */
export const sealContext = (verificationId: string): string => `verification:${verificationId}`;
