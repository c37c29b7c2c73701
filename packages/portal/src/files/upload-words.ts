import type { SharedWords } from '../language/use-words.ts';
import { problemWords } from '../language/problem-words.ts';
import type { UploadItem } from './upload-queue.ts';

/** Problems that say what is wrong with the file itself. */
const ownWords = new Set([
  'too-large',
  'file-type-refused',
  'unsupported-media-type',
  'file-empty',
  'too-many-files',
  'quota-reached',
  'storage-full',
]);

/** Why a file was not taken. */
export function uploadProblem(words: SharedWords, item: UploadItem): string {
  if (item.refusal) return words(`files.error.${item.refusal}`);
  if (item.problem && ownWords.has(item.problem.code)) return problemWords(words, item.problem);
  return words('files.error.upload');
}

/** Room may be made. */
const mayFitLater = new Set(['quota-reached', 'storage-full']);

/** The same file may go through another time: the connection or the service failed, not the file. */
export const mayRetry = (item: UploadItem): boolean =>
  item.state === 'failed' &&
  item.file !== null &&
  item.refusal === null &&
  (item.problem === null || mayFitLater.has(item.problem.code) || !ownWords.has(item.problem.code));

/** How a file stands. */
export function uploadState(words: SharedWords, item: UploadItem): string {
  switch (item.state) {
    case 'waiting':
      return words('files.state.waiting');
    case 'uploading':
      if (item.paused) return words('files.state.paused', { percent: Math.floor(item.progress * 100) });
      return item.progress < 1
        ? words('files.state.uploading', { percent: Math.floor(item.progress * 100) })
        : words('files.state.finishing');
    case 'done':
      return words(item.attachment?.scan === 'checking' ? 'files.state.checking' : 'files.state.done');
    case 'failed':
      break;
  }
  return uploadProblem(words, item);
}
