import { createHash, randomBytes } from 'node:crypto';

import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { isLocalPath, uploadKey } from '../../domain/schemas/product-image.ts';
import type { FileStore } from './file-store.ts';
import { readLocalPicture } from './read-local-picture.ts';

/**
 * Brings the local picture of a brief into the bucket, among the uploads of its tenant, under a name that nobody can
 * guess. The video makes a copy of its own, so an upload may be deleted as soon as the video has its storyboard.
 *
 * @returns the brief with the key of the object; as it was where it names no local picture
 * @throws InvalidBrief for a file that is not there, too large, or no PNG, JPEG or WebP picture
 */
export async function uploadProductImage(files: FileStore, brief: BriefInput): Promise<BriefInput> {
  const { productImage, tenant } = brief;
  if (productImage === undefined || !isLocalPath(productImage)) return brief;
  const { bytes, contentType, extension } = await readLocalPicture(productImage);
  const random = randomBytes(16).toString('hex');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = uploadKey(tenant, { random, sha256, extension });
  await files.use((store) => store.putBytes(key, bytes, { contentType, ifNoneMatch: '*' }));
  return { ...brief, productImage: key };
}
