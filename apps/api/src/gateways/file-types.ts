import type { FileKind } from '@casetalk/contract';
import { fileTypeFromBuffer } from 'file-type';
import { officeTypeOf, type ReadBytes } from './zip-directory.ts';

/** What a file is, by its content. */
export interface FileType {
  readonly mediaType: string;
  readonly kind: FileKind;
  /** The usual ending of such a file's name, without the dot. */
  readonly extension: string;
}

export type Verdict = { readonly type: FileType } | { readonly refusal: string };

/** How many of a file's first bytes are enough to know it. */
export const headLength = 4100;

const type = (extension: string, kind: FileKind, mediaType: string): FileType => ({
  extension,
  kind,
  mediaType,
});

const office = 'application/vnd.openxmlformats-officedocument';
const types = {
  jpg: type('jpg', 'image', 'image/jpeg'),
  png: type('png', 'image', 'image/png'),
  gif: type('gif', 'image', 'image/gif'),
  webp: type('webp', 'image', 'image/webp'),
  bmp: type('bmp', 'image', 'image/bmp'),
  heic: type('heic', 'image', 'image/heic'),
  tiff: type('tiff', 'image', 'image/tiff'),
  pdf: type('pdf', 'pdf', 'application/pdf'),
  txt: type('txt', 'document', 'text/plain'),
  docx: type('docx', 'document', `${office}.wordprocessingml.document`),
  xlsx: type('xlsx', 'document', `${office}.spreadsheetml.sheet`),
  pptx: type('pptx', 'document', `${office}.presentationml.presentation`),
  mp4: type('mp4', 'video', 'video/mp4'),
  mov: type('mov', 'video', 'video/quicktime'),
  dcm: type('dcm', 'dicom', 'application/dicom'),
  stl: type('stl', 'model', 'model/stl'),
  zip: type('zip', 'archive', 'application/zip'),
} as const;

type Name = keyof typeof types;

/** Which contents a name's ending promises. Two video containers are one family, and cameras mix their endings up. */
const promises: Record<string, readonly Name[]> = {
  ...Object.fromEntries(Object.keys(types).map((name) => [name, [name as Name]])),
  jpeg: ['jpg'],
  jfif: ['jpg'],
  dib: ['bmp'],
  heif: ['heic'],
  tif: ['tiff'],
  text: ['txt'],
  mp4: ['mp4', 'mov'],
  mov: ['mov', 'mp4'],
  dicom: ['dcm'],
};

/** file-type's word for a content, where it differs from ours. */
const byDetector: Record<string, Name> = { apng: 'png', tif: 'tiff', heif: 'heic', m4v: 'mp4' };

const refuse = (refusal: string): Verdict => ({ refusal });
const kinds =
  'Send a picture, a PDF, a text, Word, Excel or PowerPoint file, a video (mp4, mov), a DICOM or STL file, or a zip.';

/** The ending of a name in lower case, without the dot; empty when it has none. */
export const extensionOf = (name: string): string => /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** What can be said before a single byte has come: endings that are never taken. */
export function refusalOfName(name: string): string | undefined {
  const extension = extensionOf(name);
  return extension === '' || promises[extension]
    ? undefined
    : `Files of this type are not accepted. ${kinds}`;
}

/** A file that has arrived, for those types that only its whole content tells apart. */
export interface Arrived {
  readonly head: Buffer;
  /** Bytes. */
  readonly size: number;
  /** True when every byte is text; known only where it was asked for. */
  readonly isText: boolean;
  readonly read: ReadBytes;
}

/** True when a file of this name must be read as text while it arrives. */
export const needsText = (name: string): boolean => ['', 'txt', 'text', 'stl'].includes(extensionOf(name));

/**
 * Finds a file's type from its content, and checks that its name promises the same.
 * @returns the type, or the reason for refusing it, as a sentence for its sender
 */
export async function typeOf(name: string, file: Arrived): Promise<Verdict> {
  const extension = extensionOf(name);
  const found = await contentOf(extension, file);
  const promised = extension === '' ? undefined : promises[extension];
  if (extension !== '' && !promised) return refuse(`Files of this type are not accepted. ${kinds}`);
  if (!found) return refuse(unknown(extension));
  if (promised && !promised.includes(found)) {
    return refuse(
      `The name ends in .${extension}, but the content is that of a .${found} file. Give it its right ending and send it again.`,
    );
  }
  return { type: types[found] };
}

/** Refuses, from the first bytes alone, what cannot become right any more: half a gigabyte need not arrive for that. */
export async function refusalOfHead(name: string, head: Buffer): Promise<string | undefined> {
  const extension = extensionOf(name);
  if (needsText(name) || promises[extension]?.some((known) => lateTypes.has(known))) return undefined;
  const verdict = await typeOf(name, { head, size: head.length, isText: false, read: nothing });
  return 'refusal' in verdict ? verdict.refusal : undefined;
}

const lateTypes = new Set<Name>(['docx', 'xlsx', 'pptx']);
const nothing: ReadBytes = async () => Buffer.alloc(0);

async function contentOf(extension: string, file: Arrived): Promise<Name | undefined> {
  const { head } = file;
  // Text may begin with what looks like another format's mark ("BM", "solid"), so that the promise decides first.
  if (extension === 'txt' || extension === 'text') return isPlainText(file) ? 'txt' : detect(file);
  if (extension === 'stl') return isStl(file) ? 'stl' : detect(file);
  const zipped = isZip(head) ? await officeTypeOf(file.size, file.read) : undefined;
  if (zipped) return extension === 'zip' ? 'zip' : zipped;
  const detected = await detect(file);
  if (detected || extension !== '') return detected;
  if (isStl(file)) return 'stl';
  return isPlainText(file) ? 'txt' : undefined;
}

async function detect({ head }: Arrived): Promise<Name | undefined> {
  if (head.subarray(128, 132).toString('latin1') === 'DICM') return 'dcm';
  if (isZip(head)) return 'zip';
  if (
    head
      .subarray(0, 2)
      .toString('latin1')
      .match(/^B[MA]$/)
  )
    return isBitmap(head) ? 'bmp' : undefined;
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!found && isTiff(head)) return 'tiff';
  if (!found || found.ext === 'stl' || found.ext === 'bmp') return undefined;
  const name = byDetector[found.ext] ?? found.ext;
  return name in types ? (name as Name) : undefined;
}

const zipMarks = [Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from([0x50, 0x4b, 5, 6])];
const isZip = (head: Buffer): boolean => zipMarks.some((mark) => head.subarray(0, 4).equals(mark));

/** Many writers put what a TIFF is told by, its directory, after the pixels: beyond the first bytes. */
const isTiff = (head: Buffer): boolean =>
  head.length >= headLength &&
  ['II*\0', 'MM\0*'].includes(head.toString('latin1', 0, 4)) &&
  (head[0] === 0x49 ? head.readUInt32LE(4) : head.readUInt32BE(4)) >= headLength;

/**
 * A bitmap names the length of its header: 12 (OS/2 1, Windows 2), 16 to 64 (OS/2 2, cut where the writer stopped), 40,
 * 52, 56 (Windows, with masks), 108 and 124 (versions 4 and 5). OS/2 may put one into an array, `BA`.
 */
function isBitmap(head: Buffer): boolean {
  const start = head.toString('latin1', 0, 2) === 'BA' ? 14 : 0;
  if (head.toString('latin1', start, start + 2) !== 'BM' || head.length < start + 26) return false;
  const header = head.readUInt32LE(start + 14);
  return header === 12 || (header >= 16 && header <= 64) || header === 108 || header === 124;
}

/** Words in the form "solid … facet …", or triangles whose number fits the size. */
function isStl({ head, size, isText }: Arrived): boolean {
  if (isText && /^\s*solid\b/i.test(head.toString('latin1', 0, 256))) {
    return /\bfacet\b|\bendsolid\b/i.test(head.toString('latin1'));
  }
  return head.length >= 84 && size === 84 + 50 * head.readUInt32LE(80);
}

/** Text that no program would take for a page or a program to run. */
function isPlainText({ head, isText }: Arrived): boolean {
  const start = head.toString('utf8').replace(/^\uFEFF?\s*/, '');
  return (
    isText && !/^(?:#!|<(?:[!?]|[a-z][\w:-]*[\s/>]))/i.test(start) && !/<(?:script|svg|html)\b/i.test(start)
  );
}

function unknown(extension: string): string {
  if (extension === 'txt' || extension === 'text') {
    return 'The content is not plain text in UTF-8. Save it as UTF-8 text, or as a PDF, and send it again.';
  }
  if (extension === '') return `What the file is cannot be told from its content. ${kinds}`;
  return `The name ends in .${extension}, but the content is something else, or damaged. Open it and save it anew, then send it again.`;
}
