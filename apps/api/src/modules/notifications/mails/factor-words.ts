import type { AccountNotice } from '../../../jobs/queue.ts';
import type { AccountWordsByLanguage } from './account-words.ts';

const notMe = {
  en: 'Was it not you? Choose “Forgot your password?” on the sign-in page at once, and call the clinic.',
  es: '¿No fue usted? Elija de inmediato «¿Olvidó su contraseña?» en la página de entrada y llame a la clínica.',
} as const;

const words = (
  en: { subject: string; text: string },
  es: { subject: string; text: string },
): AccountWordsByLanguage => ({
  en: { subject: en.subject, paragraphs: [en.text], button: 'Sign in', warning: notMe.en },
  es: { subject: es.subject, paragraphs: [es.text], button: 'Entrar', warning: notMe.es },
});

type FactorNotice = Exclude<AccountNotice, 'registered' | 'passwordChanged' | 'phoneChanged'>;

/** What a mail says when the ways to prove an account’s owner have changed. */
export const factorWords: Readonly<Record<FactorNotice, AccountWordsByLanguage>> = {
  authenticatorAdded: words(
    {
      subject: 'An authenticator app was added',
      text: 'An authenticator app can now be used to sign in to your CaseTalk account. You do not need to do anything.',
    },
    {
      subject: 'Se añadió una aplicación de autenticación',
      text: 'Ya se puede usar una aplicación de autenticación para entrar a su cuenta de CaseTalk. No tiene que hacer nada.',
    },
  ),
  authenticatorRemoved: words(
    {
      subject: 'Your authenticator app was removed',
      text: 'The authenticator app of your CaseTalk account was removed. Its codes no longer work here.',
    },
    {
      subject: 'Se quitó su aplicación de autenticación',
      text: 'La aplicación de autenticación de su cuenta de CaseTalk se quitó. Sus códigos ya no sirven aquí.',
    },
  ),
  passkeyAdded: words(
    {
      subject: 'A passkey was added',
      text: 'A passkey can now be used to sign in to your CaseTalk account. You do not need to do anything.',
    },
    {
      subject: 'Se añadió una llave de acceso',
      text: 'Ya se puede usar una llave de acceso para entrar a su cuenta de CaseTalk. No tiene que hacer nada.',
    },
  ),
  passkeyRemoved: words(
    {
      subject: 'A passkey was removed',
      text: 'A passkey of your CaseTalk account was removed. It no longer works here.',
    },
    {
      subject: 'Se quitó una llave de acceso',
      text: 'Una llave de acceso de su cuenta de CaseTalk se quitó. Ya no sirve aquí.',
    },
  ),
  recoveryCodeUsed: words(
    {
      subject: 'A recovery code was used',
      text: 'One of the recovery codes of your CaseTalk account was used. It does not work again. If you are running out of them, make new ones in your account.',
    },
    {
      subject: 'Se usó un código de recuperación',
      text: 'Se usó uno de los códigos de recuperación de su cuenta de CaseTalk. No vuelve a servir. Si le quedan pocos, cree otros en su cuenta.',
    },
  ),
  recoveryCodesRenewed: words(
    {
      subject: 'You have new recovery codes',
      text: 'New recovery codes were made for your CaseTalk account. The ones before no longer work.',
    },
    {
      subject: 'Tiene códigos de recuperación nuevos',
      text: 'Se crearon códigos de recuperación nuevos para su cuenta de CaseTalk. Los anteriores ya no sirven.',
    },
  ),
  secondFactorsReset: words(
    {
      subject: 'Your second factors were reset',
      text: 'The administrator of your practice has reset the second factors of your CaseTalk account, and you were signed out everywhere. At your next sign-in you set up a new one.',
    },
    {
      subject: 'Sus segundos factores se restablecieron',
      text: 'La administración de su consulta restableció los segundos factores de su cuenta de CaseTalk y se cerraron todas sus sesiones. La próxima vez que entre configurará uno nuevo.',
    },
  ),
};
