import { addressOf, type StoredFile } from './use-file-bytes.ts';

/** Saves a file on the device; the browser streams it, whatever its size. */
export function downloadFile(file: StoredFile): void {
  const link = document.createElement('a');
  link.href = addressOf(file);
  link.download = file.name;
  link.click();
}
