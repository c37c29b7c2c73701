import type { Translation } from '../catalogue.ts';
import type { problems as en } from '../en/problems.ts';

export const problems: Translation<typeof en> = {
  'problem.invalid-request': 'Revise lo que escribió e inténtelo de nuevo.',
  'problem.unauthenticated': 'Primero inicie sesión.',
  'problem.wrong-credentials': 'El correo electrónico o la contraseña no son correctos',
  'problem.cross-site': 'Abra esta página desde su propia dirección e inténtelo de nuevo.',
  'problem.reauthentication-needed': 'Primero confirme que es usted.',
  'problem.terms-due': 'Primero acepte los nuevos términos de uso.',
  'problem.not-found': 'Esto ya no está aquí.',
  'problem.already-exists': 'Esto ya existe.',
  'problem.state-conflict': 'Esto ya no es posible. Cargue la página de nuevo para ver cómo está.',
  'problem.last-factor': 'Es su único segundo factor. Añada otro antes de quitarlo.',
  'problem.someone-else-signed-in': 'Otra persona tiene la sesión iniciada en este dispositivo.',
  'problem.busy-try-again': 'Todavía estamos en ello. Inténtelo de nuevo en un momento.',
  'problem.version-conflict': 'Otra persona cambió esto mientras tanto. Cargue la página de nuevo.',
  'problem.too-large': 'El archivo elegido debe pesar menos de 500 MB',
  'problem.unsupported-media-type': 'El archivo elegido debe ser una imagen, un PDF, un documento o un video',
  'problem.picture-damaged':
    'Esta imagen está dañada y no se pueden quitar sus datos ocultos, como el lugar donde se tomó. No se compartió. Pida que se la envíen de nuevo.',
  'problem.file-checking':
    'Todavía se está revisando este archivo en busca de virus. Inténtelo en un momento.',
  'problem.preview-not-ready': 'La vista previa se está preparando. Inténtelo en un momento.',
  'problem.file-type-refused': 'El archivo elegido debe ser una imagen, un PDF, un documento o un video',
  'problem.range-not-satisfiable': 'No se pudo abrir el archivo. Inténtelo de nuevo.',
  'problem.idempotency-key-reused': 'Algo salió mal de nuestro lado. Inténtelo de nuevo.',
  'problem.file-empty': 'El archivo elegido está vacío',
  'problem.protocol-version': 'No se pudo subir el archivo. Cargue la página de nuevo.',
  'problem.quota-reached':
    'Aquí ya no hay espacio para más archivos. Quite archivos que aún no haya enviado o inténtelo mañana.',
  'problem.quota-reached.talk':
    'Los archivos de esta conversación ya ocupan todo su espacio. Quite archivos que aún no haya enviado o envíe uno más pequeño.',
  'problem.quota-reached.case':
    'Los archivos de este caso ya ocupan todo su espacio. Consulte con el administrador de su consultorio.',
  'problem.quota-reached.day':
    'Ya subió todo lo que se puede en un día. Quite archivos que aún no haya enviado o continúe mañana.',
  'problem.too-many-files': 'Solo puede elegir hasta 10 archivos a la vez',
  'problem.phone-refused':
    'No se pueden enviar códigos a este número. Escriba otro número o elija una llamada.',
  'problem.code-wrong': 'Escriba un código de seguridad correcto',
  'problem.passkey-refused': 'No se pudo comprobar la llave de acceso. Inténtelo de nuevo o use otra forma.',
  'problem.password-refused': 'Elija una contraseña que cumpla todos los requisitos',
  'problem.link-unusable': 'Este enlace no se puede usar.',
  'problem.too-many-tries': 'Demasiados intentos.',
  'problem.too-many-requests': 'Demasiadas solicitudes.',
  'problem.internal': 'Algo salió mal de nuestro lado. Inténtelo de nuevo.',
  'problem.unavailable': 'El servicio está ocupado. Inténtelo de nuevo en un momento.',
  'problem.storage-full': 'En este momento no hay espacio para este archivo. Inténtelo más tarde.',
  'problem.unreachable':
    'No podemos conectar con el servicio. Revise su conexión a internet e inténtelo de nuevo.',
  'problem.retry.seconds_one': '{{problem}} Inténtelo de nuevo en {{count}} segundo.',
  'problem.retry.seconds_other': '{{problem}} Inténtelo de nuevo en {{count}} segundos.',
  'problem.retry.minutes_one': '{{problem}} Inténtelo de nuevo en {{count}} minuto.',
  'problem.retry.minutes_other': '{{problem}} Inténtelo de nuevo en {{count}} minutos.',
};
