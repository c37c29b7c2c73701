import type { FileStoreSettings } from '../settings.ts';
import { createDiskFileStore } from './disk-file-store.ts';
import type { FileStore } from './file-store.ts';

/** Opens the store that the settings name: a bucket, or else the folder. */
export async function openFileStore(settings: FileStoreSettings): Promise<FileStore> {
  const { FILES_S3_BUCKET, FILES_S3_REGION, FILES_S3_ENDPOINT, FILES_DIR } = settings;
  if (FILES_S3_BUCKET === undefined) return createDiskFileStore(FILES_DIR);
  // Whoever keeps files on a disk need not load what speaks to a bucket.
  const { createS3FileStore } = await import('./s3-file-store.ts');
  return createS3FileStore({ bucket: FILES_S3_BUCKET, region: FILES_S3_REGION, endpoint: FILES_S3_ENDPOINT });
}
