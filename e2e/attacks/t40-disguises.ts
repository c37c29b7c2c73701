import { type Attack, Tally } from './attack.ts';
import { contents } from './means/contents.ts';
import { newUploader } from './means/uploads.ts';

const { png, jpg, gif, pdf, docx, zip, mp4, dcm, bmp, html, svg, exe, elf, script, rtf, ole } = contents;

/** A name that promises one type, with the bytes of another, or of two at once. */
const disguises: readonly (readonly [string, Buffer])[] = [
  ['photo.png', jpg],
  ['photo.jpg', png],
  ['photo.gif', png],
  ['photo.webp', png],
  ['photo.bmp', png],
  ['photo.tiff', jpg],
  ['photo.heic', mp4],
  ['photo.png', html],
  ['photo.jpg', svg],
  ['photo.gif', exe],
  ['report.pdf', png],
  ['report.pdf', html],
  ['report.pdf', Buffer.concat([exe, pdf])],
  ['report.docx', pdf],
  ['report.docx', zip],
  ['report.docx', ole],
  ['report.xlsx', docx],
  ['report.pptx', docx],
  ['notes.txt', png],
  ['notes.txt', html],
  ['notes.txt', script],
  ['notes.txt', rtf],
  ['film.mp4', png],
  ['film.mov', exe],
  ['scan.dcm', png],
  ['scan.dcm', elf],
  ['tooth.stl', html],
  ['tooth.stl', exe],
  ['export.zip', exe],
  // Begins like a picture of the web's, goes on as a page.
  ['photo.bmp', Buffer.concat([Buffer.from('BM'), html])],
];

/** A file is what its bytes say, and has to be called so. */
export const t40: Attack = {
  id: 'T40',
  title: 'Type lie, polyglot',
  async run({ target }) {
    const tally = new Tally();
    const uploader = await newUploader(target);
    for (const [name, content] of disguises) {
      const { answer, code, file } = await uploader.try(name, content, 'image/png');
      tally.held(
        answer.status === 415 && code === 'file-type-refused',
        `${name} that begins with ${JSON.stringify(content.toString('latin1', 0, 12))}: ${answer.status} ${code}`,
      );
      if (file) await uploader.remove(file);
    }
    // Whoever is honest gets through: otherwise everything would be refused for another reason.
    for (const [name, content] of [
      ['photo.png', png],
      ['photo.gif', gif],
      ['photo.bmp', bmp],
      ['scan.dcm', dcm],
    ] as const) {
      const { answer, file } = await uploader.try(name, content);
      if (!file) throw new Error(`An honest ${name} was answered with ${answer.status}`);
      await uploader.remove(file);
    }
    tally.note(`${disguises.length} mismatched files, all 415`);
    return tally.outcome;
  },
};
