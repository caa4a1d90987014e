import { isInFolder, isInVideoFolder, videoFolder } from '../video-folder.ts';
import type { BriefInput } from './brief-schema.ts';

/** The parts of a video that decide which pictures it may use. */
export interface PictureOwner {
  readonly videoId: string;
  /** Default: `default`. */
  readonly tenant?: string | undefined;
}

/** One picture of a brief. */
export interface BriefPicture {
  /** Path of the field: `productImage`, or e.g. `references.bottle.image`. */
  readonly field: string;
  /** An https address, the key of an object, or a path. */
  readonly source: string;
}

/** Lists every picture of a brief: the product's, then those of the references in their order. */
export function listPictures({ productImage, references = {} }: BriefInput): BriefPicture[] {
  return [
    ...(productImage === undefined ? [] : [{ field: 'productImage', source: productImage }]),
    ...Object.entries(references).map(([name, { image }]) => ({ field: imageField(name), source: image })),
  ];
}

/** Replaces pictures of a brief. @param replace undefined keeps a picture */
export function replacePictures(
  brief: BriefInput,
  replace: (picture: BriefPicture) => string | undefined,
): BriefInput {
  const { productImage, references } = brief;
  const other = (field: string, source: string) => replace({ field, source }) ?? source;
  return {
    ...brief,
    ...(productImage === undefined ? {} : { productImage: other('productImage', productImage) }),
    ...(references
      ? {
          references: Object.fromEntries(
            Object.entries(references).map(([name, reference]) => [
              name,
              { ...reference, image: other(imageField(name), reference.image) },
            ]),
          ),
        }
      : {}),
  };
}

function imageField(name: string): string {
  return `references.${name}.image`;
}

/** True for `./…`, `../…`, `/…`, `~…` and `file:…`; keys of the bucket and https addresses begin otherwise. */
export function isLocalPath(picture: string): boolean {
  return /^([./~]|file:)/.test(picture);
}

/** Whether a video may use the picture under a key: an upload of its tenant, or a file of its own. */
export function mayUsePicture(key: string, { videoId, tenant }: PictureOwner): boolean {
  return isInFolder(key, uploadsFolder(tenant)) || isInVideoFolder(key, videoId);
}

/** The same answer for every unusable key: it must not reveal the content of the bucket. */
export function pictureRule({ videoId, tenant }: PictureOwner): string {
  const folders = `${uploadsFolder(tenant)} or ${videoFolder(videoId)}`;
  return `https://…, or the key of a PNG, JPEG or WebP picture of at most 64 MiB in ${folders}`;
}

/**
 * The key of an upload: a name that cannot be guessed, then the checksum of its content.
 *
 * @param random 128 bits in lower-case hex
 */
export function uploadKey(
  tenant: string | undefined,
  { random, sha256, extension }: { random: string; sha256: string; extension: string },
): string {
  return `${uploadsFolder(tenant)}${random}-${sha256}.${extension}`;
}

/** A brief for comparison: two uploads of one picture count as the same picture. */
export function withoutUploadName(brief: BriefInput): BriefInput {
  return replacePictures(brief, ({ source }) =>
    source.replace(/^(uploads\/[^/]+\/)[0-9a-f]{32}-([0-9a-f]{64}\.[a-z]+)$/, '$1$2'),
  );
}

function uploadsFolder(tenant = 'default'): string {
  return `uploads/${tenant}/`;
}
