/** Stopping mails from their foot. */
export const unsubscribe = {
  'stop.failed': 'The page could not be loaded',
  'stop.unknown.title': 'We do not know this link',
  'stop.unknown.text':
    'Part of it may be missing, or the email went to another address. Sign in and choose under “Notices” how we tell you.',
  'stop.notices.title': 'Emails about new messages',
  'stop.notices.lead':
    'We email you when a message waits for you. Your messages stay where they are, and emails about your account itself still come.',
  'stop.notices.sent': 'These emails are sent to you.',
  'stop.notices.stopped': 'You get no more emails about new messages.',
  'stop.notices.stoppedText': 'Sign in now and then to see whether something is new.',
  'stop.notices.submit': 'Stop these emails',
  'stop.notices.again': 'Send them again',
  'stop.reminders.title': 'Reminders of your invitation',
  'stop.reminders.lead': '{{practice}} invited you to a secure conversation. We remind you while it waits.',
  'stop.reminders.sent': 'Reminders are sent to you.',
  'stop.reminders.stopped': 'You get no more reminders of this invitation.',
  'stop.reminders.stoppedText':
    'The invitation itself stays open: its link works until the day in the email.',
  'stop.reminders.submit': 'Stop the reminders',
  'stop.reminders.again': 'Send them again',
  'stop.questions': 'Questions? Call {{practice}}, {{phone}}.',
} as const;
