/** In seconds: how long a new number waits for its code, and a new address for its link. */
export const changeLife = { phone: 1800, email: 3600 } as const;

/** Links to new addresses that one person may ask for. */
export const emailChangeRate = (patientId: string) => ({
  key: `email-change:${patientId}`,
  seconds: 3600,
  cap: 5,
});
