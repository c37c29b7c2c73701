import type { Translation } from '../catalogue.ts';
import type { unsubscribe as en } from '../en/unsubscribe.ts';

export const unsubscribe: Translation<typeof en> = {
  'stop.failed': 'No se pudo cargar la página',
  'stop.unknown.title': 'No conocemos este enlace',
  'stop.unknown.text':
    'Puede que falte una parte, o que el correo fuera a otra dirección. Entre y elija en «Avisos» cómo le avisamos.',
  'stop.notices.title': 'Correos sobre mensajes nuevos',
  'stop.notices.lead':
    'Le escribimos cuando le espera un mensaje. Sus mensajes se quedan donde están, y los correos sobre su cuenta siguen llegando.',
  'stop.notices.sent': 'Le enviamos estos correos.',
  'stop.notices.stopped': 'Ya no recibe correos sobre mensajes nuevos.',
  'stop.notices.stoppedText': 'Entre de vez en cuando para ver si hay algo nuevo.',
  'stop.notices.submit': 'No recibir más estos correos',
  'stop.notices.again': 'Volver a recibirlos',
  'stop.reminders.title': 'Recordatorios de su invitación',
  'stop.reminders.lead':
    '{{practice}} le invitó a una conversación segura. Se lo recordamos mientras la invitación espera.',
  'stop.reminders.sent': 'Le enviamos recordatorios.',
  'stop.reminders.stopped': 'Ya no recibe recordatorios de esta invitación.',
  'stop.reminders.stoppedText':
    'La invitación sigue abierta: su enlace sirve hasta el día que dice el correo.',
  'stop.reminders.submit': 'No recibir más recordatorios',
  'stop.reminders.again': 'Volver a recibirlos',
  'stop.questions': '¿Preguntas? Llame a {{practice}}, {{phone}}.',
};
