import { limits } from '@casetalk/contract';

/** Why a file cannot be sent, as far as this device can tell; what it is inside, the API finds out. */
export type FileRefusal = 'type' | 'size' | 'empty';

/** Endings that are never a picture, a document or a video: worth no upload. */
const neverAccepted = /\.(?:svg|html?|xml|js|mjs|exe|msi|bat|cmd|com|scr|sh|ps1|apk|dmg|iso|jar|app)$/i;

/** Judges a file by its name and size. */
export function refusalOfFile(file: { readonly name: string; readonly size: number }): FileRefusal | null {
  if (file.size === 0) return 'empty';
  if (file.size > limits.fileSize) return 'size';
  return neverAccepted.test(file.name) ? 'type' : null;
}

/** For the `accept` of the file chooser; medical pictures often have no ending, so everything may still be chosen. */
export const acceptedFiles =
  'image/*,video/mp4,video/quicktime,application/pdf,.pdf,.txt,.docx,.xlsx,.pptx,.heic,.heif,.tif,.tiff,.bmp,.dcm,.stl,.zip';
