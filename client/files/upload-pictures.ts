import { createHash, randomBytes } from 'node:crypto';

import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import {
  isLocalPath,
  listPictures,
  replacePictures,
  uploadKey,
} from '../../domain/schemas/brief-pictures.ts';
import type { FileStore } from './file-store.ts';
import { type LocalPicture, readLocalPicture } from './read-local-picture.ts';

/**
 * Uploads the local pictures of a brief into the bucket, among the uploads of its tenant, under names that cannot be
 * guessed. The video makes its own copies, so an upload may be deleted once the video has its storyboard. All pictures
 * are read before the first upload.
 *
 * @returns the brief with the keys of the objects; unchanged without local pictures
 * @throws InvalidBrief for a file that is missing, too large, or not a PNG, JPEG or WebP picture
 */
export async function uploadPictures(files: FileStore, brief: BriefInput): Promise<BriefInput> {
  const local = listPictures(brief).filter(({ source }) => isLocalPath(source));
  const read: (readonly [string, LocalPicture])[] = [];
  for (const { field, source } of local) read.push([field, await readLocalPicture(source, field)]);
  const keys = new Map<string, string>();
  for (const [field, picture] of read) keys.set(field, await upload(files, picture, brief.tenant));
  return replacePictures(brief, ({ field }) => keys.get(field));
}

/** @returns the key of the object */
export async function upload(
  files: FileStore,
  { bytes, contentType, extension }: LocalPicture,
  tenant: string | undefined,
): Promise<string> {
  const random = randomBytes(16).toString('hex');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = uploadKey(tenant, { random, sha256, extension });
  await files.use((store) => store.putBytes(key, bytes, { contentType, ifNoneMatch: '*' }));
  return key;
}
