import type { TermsText } from './terms-text.ts';

/** The terms of use in Spanish. Any change to the words is a new version. */
export const spanish: TermsText = {
  title: 'Condiciones de uso',
  summary:
    'CaseTalk le permite escribirse en privado con su clínica. No es para emergencias. Solo usted y la persona a quien ' +
    'escribe pueden leer una conversación; si una emergencia hiciera necesaria una excepción, se les avisa a ambos de ' +
    'inmediato. Los archivos que usted envía pueden compartirse con las demás personas que trabajan en su caso. No ' +
    'comparta su contraseña y avise a su clínica si algo le parece extraño.',
  sections: [
    {
      heading: 'Qué es CaseTalk',
      paragraphs: [
        'CaseTalk es un buzón seguro. Un médico o una persona del equipo de su clínica le ha invitado a una conversación sobre su atención. Usted puede leer mensajes, responderlos y enviar archivos.',
        'CaseTalk transporta mensajes. No da consejos médicos. Lo que usted lee aquí viene de las personas de su clínica, y ellas responden por ello.',
      ],
    },
    {
      heading: 'No es para emergencias',
      paragraphs: [
        'Nadie vigila el buzón día y noche. Si puede estar en peligro, o si algo no puede esperar, llame de inmediato al número de emergencias de su zona.',
        'Su clínica le dice en cada conversación en cuánto tiempo suele responder. Si necesita algo antes, llame por teléfono a la clínica.',
      ],
    },
    {
      heading: 'Quién puede leer qué',
      paragraphs: [
        'Una conversación es de usted y de la persona que le invitó. Los demás médicos y el resto del personal no pueden leerla, ni siquiera quienes trabajan en el mismo caso.',
        'Esa persona puede compartir un archivo que usted envió con los médicos y el personal que trabajan en su caso. Ellos verán entonces el archivo, su nombre y quién lo compartió, pero nada más de la conversación. En la conversación usted puede ver cuáles de sus archivos se compartieron.',
        'En una emergencia, por ejemplo cuando no se puede localizar a esa persona, un administrador de la clínica puede abrir la conversación para leerla, durante una hora como máximo. Tiene que decir por qué. A usted y a la persona a quien escribe se les avisa de inmediato, y usted puede verlo en la lista de quién ha visto su conversación.',
        'Lo que usted escribe puede pasar a formar parte de los registros que su clínica debe guardar por ley.',
      ],
    },
    {
      heading: 'Su cuenta',
      paragraphs: [
        'La cuenta es solo suya. Elija una contraseña que no use en ningún otro sitio y no deje que otras personas usen su cuenta. Si usted cuida de otra persona, use una cuenta propia.',
        'Enviamos códigos al número de teléfono que usted confirmó. Nadie de la clínica ni de CaseTalk le pedirá nunca un código ni una contraseña.',
        'Avise de inmediato a su clínica si pierde su teléfono o si cree que otra persona ha leído sus mensajes.',
      ],
    },
    {
      heading: 'Correos, mensajes de texto y llamadas',
      paragraphs: [
        'Le enviamos un correo cuando algo nuevo le espera. Estos correos nunca dicen de qué se trata. Los mensajes de texto y las llamadas llevan códigos y nada más; su compañía telefónica puede cobrarlos.',
      ],
    },
    {
      heading: 'Qué le pedimos',
      paragraphs: [
        'Escriba solo lo que tiene que ver con su atención. No envíe lo que no tiene derecho a compartir, ni nada que dañe a personas o a computadoras.',
        'Su clínica puede terminar una conversación o cerrar una cuenta que se use mal.',
      ],
    },
    {
      heading: 'Su información',
      paragraphs: [
        'Guardamos su nombre, correo electrónico, número de teléfono, mensajes y archivos para que usted y su clínica puedan usarlos. También guardamos un registro de quién abrió qué y cuándo, para poder descubrir un mal uso.',
        'No vendemos su información ni mostramos publicidad. Su clínica decide cuánto tiempo se guardan las conversaciones, según lo exige la ley. Pregunte a su clínica si quiere ver, corregir o llevarse lo que se guarda sobre usted.',
      ],
    },
    {
      heading: 'Cuando algo falla',
      paragraphs: [
        'Trabajamos para que CaseTalk esté disponible y sea seguro, pero a veces puede no funcionar. Si un mensaje es importante y no recibe respuesta, llame por teléfono a su clínica.',
        'Nada en estas condiciones le quita los derechos que la ley le da.',
      ],
    },
    {
      heading: 'Cambios y despedida',
      paragraphs: [
        'Si estas condiciones cambian, le mostramos las nuevas y le preguntamos otra vez antes de que entre a su buzón.',
        'Usted puede dejar de usar CaseTalk cuando quiera. Pida a su clínica que cierre su cuenta; su atención no depende de tener una.',
      ],
    },
  ],
};
