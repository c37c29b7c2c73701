import type { Translation } from '../catalogue.ts';
import type { access as english } from '../en/access.ts';

/** Who has seen a conversation, in Spanish. */
export const access: Translation<typeof english> = {
  'access.title': 'Quién ha visto esto',
  'access.lead': 'Cada vez que alguien abre esta conversación, o un archivo de ella, queda registrado aquí.',
  'access.leadAll':
    'Cada vez que alguien abre una de sus conversaciones, o un archivo de ellas, queda registrado aquí.',
  'access.you': 'Usted',
  'access.patient': 'Paciente',
  'access.role': '{{jobTitle}}, {{practice}}',
  'access.conversation': 'Conversación con {{name}}, sobre “{{title}}”',
  'access.opened': 'abrió la conversación',
  'access.opened.emergency': 'leyó la conversación por acceso de emergencia',
  'access.downloaded': 'abrió o descargó {{file}}',
  'access.downloaded.emergency': 'abrió o descargó {{file}} por acceso de emergencia',
  'access.shared': 'compartió {{file}} con todas las personas del caso',
  'access.sharingStopped': 'dejó de compartir {{file}}',
  'access.breakGlassStarted': 'inició un acceso de emergencia',
  'access.breakGlassEnded': 'terminó el acceso de emergencia',
  'access.byCase': 'El archivo se había compartido con todas las personas del caso.',
  'access.times_one': '{{count}} vez, a las {{from}}',
  'access.times_other': '{{count}} veces, de {{from}} a {{to}}',
  'access.empty': 'Nadie ha abierto esto todavía',
  'access.empty.detail': 'Aquí aparecerá quién lo abre y cuándo.',
  'access.failed': 'No se pudo cargar el registro.',
  'access.loading': 'Cargando quién ha visto esto',
  'access.older': 'Mostrar anteriores',
  'access.older.busy': 'Cargando anteriores..',
  'access.loaded_one': '{{count}} anotación',
  'access.loaded_other': '{{count}} anotaciones',
  'emergency.open': 'Hay un acceso de emergencia abierto',
  'emergency.open.detail':
    '{{name}} ({{role}}) puede leer esta conversación hasta el {{time}}, pero no puede escribir en ella.',
  'emergency.ended': 'Un acceso de emergencia ha terminado',
  'emergency.ended.detail':
    '{{name}} ({{role}}) pudo leer esta conversación desde el {{from}} hasta el {{to}}.',
  'emergency.reason': 'Motivo que dio: “{{reason}}”',
  'emergency.until': 'Hasta el {{time}}',
  'emergency.reader': '{{name}} (acceso de emergencia hasta el {{time}})',
  'emergency.announce': 'Se abrió un acceso de emergencia a esta conversación.',
  'emergency.announce.ended': 'El acceso de emergencia a esta conversación ha terminado.',
};
