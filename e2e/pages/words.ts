/** The words of a talk that a story reads or presses; written out here, so that the catalogues are tested too. */
export interface TalkWords {
  readonly composer: RegExp;
  readonly send: string;
  readonly addFiles: string;
  readonly filesToSend: string;
  readonly readyToSend: string;
  readonly remove: (name: string) => string;
  readonly unfinished: string;
  readonly chooseAgain: (name: string) => string;
  readonly discardUpload: (name: string) => string;
  readonly read: RegExp;
  readonly view: (name: string) => string;
  readonly download: (name: string) => string;
}

export interface PatientWords extends TalkWords {
  readonly continue: string;
  readonly methodTitle: string;
  readonly text: (hint: string) => string;
  readonly call: (hint: string) => string;
  readonly codeTitle: string;
  readonly code: string;
  readonly resend: string;
  readonly callAgain: string;
  readonly changeMethod: string;
  readonly termsTitle: string;
  readonly accept: string;
  readonly passwordTitle: string;
  readonly newPassword: string;
  readonly passwordAgain: string;
  readonly met: string;
  readonly notMet: string;
  readonly doneTitle: string;
  readonly signIn: string;
  readonly signInTitle: string;
  readonly email: string;
  readonly password: string;
  readonly inbox: string;
  readonly conversations: string;
  readonly downloadAll: string;
  readonly unread: RegExp;
  readonly acceptInvitation: (name: string) => string;
}

const englishTalk: TalkWords = {
  composer: /^Message to /,
  send: 'Send',
  addFiles: 'Add files',
  filesToSend: 'Files to send',
  readyToSend: 'Ready to send',
  remove: (name) => `Remove ${name}`,
  unfinished: 'Unfinished uploads',
  chooseAgain: (name) => `Choose file to continue: ${name}`,
  discardUpload: (name) => `Discard the upload of ${name}`,
  read: /^Read /,
  view: (name) => `View ${name}`,
  download: (name) => `Download ${name}`,
};

const en: PatientWords = {
  ...englishTalk,
  continue: 'Continue',
  methodTitle: 'How should we send your code?',
  text: (hint) => `Text message to ••• ••${hint}`,
  call: (hint) => `Phone call to ••• ••${hint}`,
  codeTitle: 'Check your phone',
  code: 'Security code',
  resend: 'Re-send Code',
  callAgain: 'Call me again',
  changeMethod: 'Change Delivery Method',
  termsTitle: 'Terms of Use',
  accept: 'I Accept',
  passwordTitle: 'Set your password',
  newPassword: 'New password',
  passwordAgain: 'Re-enter your password',
  met: 'Met: ',
  notMet: 'Not met: ',
  doneTitle: 'Your account is ready',
  signIn: 'Sign In',
  signInTitle: 'Sign in to your Secure Inbox',
  email: 'Email',
  password: 'Password',
  inbox: 'Secure Inbox',
  downloadAll: 'Download all',
  conversations: 'Conversations',
  unread: /unread message/,
  acceptInvitation: (name) => `Accept the invitation of ${name}`,
};

const es: PatientWords = {
  composer: /^Mensaje para /,
  send: 'Enviar',
  addFiles: 'Adjuntar',
  filesToSend: 'Archivos por enviar',
  readyToSend: 'Listo para enviar',
  remove: (name) => `Quitar ${name}`,
  unfinished: 'Subidas sin terminar',
  chooseAgain: (name) => `Elegir archivo para continuar: ${name}`,
  discardUpload: (name) => `Descartar la subida de ${name}`,
  read: /^Leído: /,
  view: (name) => `Ver ${name}`,
  download: (name) => `Descargar ${name}`,
  continue: 'Continuar',
  methodTitle: '¿Cómo le enviamos su código?',
  text: (hint) => `Mensaje de texto al ••• ••${hint}`,
  call: (hint) => `Llamada al ••• ••${hint}`,
  codeTitle: 'Revise su teléfono',
  code: 'Código de seguridad',
  resend: 'Reenviar código',
  callAgain: 'Llámenme de nuevo',
  changeMethod: 'Cambiar la forma de envío',
  termsTitle: 'Términos de uso',
  accept: 'Acepto',
  passwordTitle: 'Elija su contraseña',
  newPassword: 'Contraseña nueva',
  passwordAgain: 'Escriba la contraseña otra vez',
  met: 'Cumplido: ',
  notMet: 'Sin cumplir: ',
  doneTitle: 'Su cuenta está lista',
  signIn: 'Iniciar sesión',
  signInTitle: 'Entre en su Buzón seguro',
  email: 'Correo electrónico',
  password: 'Contraseña',
  inbox: 'Buzón seguro',
  downloadAll: 'Descargar todo',
  conversations: 'Conversaciones',
  unread: /sin leer/,
  acceptInvitation: (name) => `Aceptar la invitación de ${name}`,
};

export const patientWords = { en, es } as const;
export const clinicianTalkWords = englishTalk;
