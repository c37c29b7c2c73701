/** Every address of the patient portal. The first three are written into emails: they stay as they are. */
export const paths = {
  invitation: '/invitation',
  passwordReset: '/password-reset',
  signIn: '/sign-in',
  home: '/',
  registration: '/registration',
  registered: '/registration/done',
  declined: '/registration/declined',
  forgottenPassword: '/forgotten-password',
  inbox: '/inbox',
  talk: (talkId: string) => `/inbox/${talkId}`,
  account: '/account',
  seen: '/who-has-seen',
  seenOf: (talkId: string) => `/who-has-seen?conversation=${talkId}`,
  terms: '/terms',
} as const;
