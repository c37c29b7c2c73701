/** What a file is to its reader; decides its icon and whether it can be looked at. */
export type FileKind = 'image' | 'pdf' | 'document' | 'sheet' | 'video' | 'audio' | 'archive' | 'other';

const byType: readonly (readonly [pattern: RegExp, kind: FileKind])[] = [
  [/^image\//, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
  [/^application\/pdf$/, 'pdf'],
  [/sheet|excel|csv/, 'sheet'],
  [/zip|compressed|x-tar/, 'archive'],
  [/^text\/|msword|wordprocessing|opendocument\.text|rtf/, 'document'],
];

/** The kind of a media type such as `image/bmp`; pictures that are no pictures to a browser, too. */
export const fileKindOf = (mediaType: string): FileKind =>
  mediaType === 'application/dicom'
    ? 'other'
    : (byType.find(([pattern]) => pattern.test(mediaType))?.[1] ?? 'other');
