/** What a practice has chosen. */
export const practice = {
  'practice.title': 'Your practice',
  'practice.lead':
    'What you choose here holds for all invitations of {{practice}}, those that wait already too.',
  'practice.failed': 'The choices of your practice could not be loaded',
  'practice.reminders': 'Remind patients who were invited and have not joined',
  'practice.remindersHint':
    'By email, on day 3, 7 and 14 after the invitation. Each reminder lets its reader stop them.',
  'practice.saved': 'Your choice is saved',
  'practice.notSaved': 'Your choice could not be saved',
  'practice.saving': 'Saving..',
  'practice.submit': 'Save choice',
} as const;
