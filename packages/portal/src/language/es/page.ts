import type { Translation } from '../catalogue.ts';
import type { page as en } from '../en/page.ts';

export const page: Translation<typeof en> = {
  'page.service': 'CaseTalk',
  'page.skip': 'Ir al contenido principal',
  'page.loading': 'Cargando',
  'page.tryAgain': 'Intentar de nuevo',
  'page.back': 'Volver',
  'page.cancel': 'Cancelar',
  'page.close': 'Cerrar',
  'page.continue': 'Continuar',
  'page.sending': 'Enviando..',
  'page.saving': 'Guardando..',
  'page.problem': 'Hay un problema',
  'page.errorPrefix': 'Error: ',
  'page.print': 'Imprimir',
  'page.signOut': 'Cerrar sesión',
  'page.signingOut': 'Cerrando sesión..',
  'page.notFound.title': 'No encontramos esta página',
  'page.notFound.text': 'Revise la dirección o vuelva al inicio.',
  'page.notFound.home': 'Ir al inicio',
  'page.crash.title': 'Algo salió mal',
  'page.crash.text':
    'No se pudo mostrar esta pantalla. No se perdió nada de lo que escribió. Cargue la página de nuevo.',
  'page.crash.reload': 'Cargar la página de nuevo',
  'page.unreachable.title': 'No podemos conectar con el servicio',
  'page.unreachable.text': 'Revise su conexión a internet e inténtelo de nuevo.',
  'page.offline': 'No tiene conexión. Su mensaje está guardado en este dispositivo.',
  'page.online': 'Tiene conexión de nuevo.',
  'session.idle.title': 'Su sesión se cerrará pronto',
  'session.idle.detail':
    'No hubo actividad durante un rato. Lo que escribió queda guardado en este dispositivo. Para proteger su información, cerraremos su sesión en',
  'session.idle.announce': 'Su sesión se cerrará en 2 minutos. Elija Seguir conectado para continuar.',
  'session.idle.stay': 'Seguir conectado',
  'session.expired':
    'Cerramos su sesión porque no hubo actividad durante un rato. Inicie sesión para continuar donde estaba.',
  'session.left': 'Su sesión está cerrada.',
};
