/** Bodies as people send them; everyone in them is invented. */
export const exampleBodies: Record<string, unknown> = {
  signIn: { email: 'maria.okafor@example.com', password: 'seven quiet lanterns' },
  createCase: {
    patientName: 'Ana Ruiz',
    patientBirthDate: '1988-04-17',
    title: 'Knee pain after a fall',
    description: 'Seen on Tuesday; X-ray asked for.',
  },
  createInvitation: {
    email: 'ana.ruiz@example.com',
    mobile: '(415) 555-0142',
    firstMessage: 'Hello Ana, please send me the pictures of your knee here.',
    language: 'en',
  },
  sendMessage: { text: 'The swelling has gone down since Monday.', attachmentIds: [] },
  sendDoctorTalkMessage: { text: 'The X-ray is in the attachments.' },
  updateCase: { title: 'Knee pain after a fall, left' },
  updateMe: { language: 'es' },
};
