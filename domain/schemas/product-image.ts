import { isInFolder, isInVideoFolder, videoFolder } from '../video-folder.ts';
import type { BriefInput } from './brief-schema.ts';

/** A video, as far as it decides which pictures are its own. */
export interface PictureOwner {
  readonly videoId: string;
  /** Default: `default`. */
  readonly tenant?: string | undefined;
}

/** True for `./…`, `../…`, `/…`, `~…` and `file:…`; keys of the bucket and https addresses begin otherwise. */
export function isLocalPath(productImage: string): boolean {
  return /^([./~]|file:)/.test(productImage);
}

/** Whether a video may use the picture under a key: that of an upload of its tenant, or one of its own. */
export function mayUsePicture(key: string, { videoId, tenant }: PictureOwner): boolean {
  return isInFolder(key, uploadsFolder(tenant)) || isInVideoFolder(key, videoId);
}

/** The one answer to every key that cannot be used: it must not tell what lies in the bucket. */
export function pictureRule({ videoId, tenant }: PictureOwner): string {
  const folders = `${uploadsFolder(tenant)} or ${videoFolder(videoId)}`;
  return `https://…, or the key of a PNG, JPEG or WebP picture of at most 64 MiB in ${folders}`;
}

/**
 * The key of an upload. Its name cannot be guessed, and ends in what it holds.
 *
 * @param random 128 bits in lower-case hex
 */
export function uploadKey(
  tenant: string | undefined,
  { random, sha256, extension }: { random: string; sha256: string; extension: string },
): string {
  return `${uploadsFolder(tenant)}${random}-${sha256}.${extension}`;
}

/** A brief to compare with another one: a picture that was uploaded twice is the same picture. */
export function withoutUploadName(brief: BriefInput): BriefInput {
  const { productImage } = brief;
  if (productImage === undefined) return brief;
  const name = productImage.replace(/^(uploads\/[^/]+\/)[0-9a-f]{32}-([0-9a-f]{64}\.[a-z]+)$/, '$1$2');
  return { ...brief, productImage: name };
}

function uploadsFolder(tenant = 'default'): string {
  return `uploads/${tenant}/`;
}
