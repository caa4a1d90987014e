import type { ModelEntry } from '../../domain/schemas/model-schema.ts';
import { typesFor } from '../../storage/media-formats.ts';
import type { ExpectedFile } from '../../storage/transfer/transfer-request.ts';

const MiB = 1024 * 1024;

/**
 * Allowed files, by the first half of the media type that a model delivers. The sizes are far above the outputs of the
 * catalogue's models.
 */
export const expectedFiles = {
  /** A 4k PNG is 25 MiB. */
  image: { kind: 'picture', maxBytes: 64 * MiB, contentTypes: typesFor(['picture']) },
  /** 15 s of 4k footage at 100 Mbit/s are 180 MiB. */
  video: { kind: 'footage', maxBytes: 2048 * MiB, contentTypes: typesFor(['footage']) },
  /** 300 s of uncompressed stereo at 48 kHz are 55 MiB. */
  audio: { kind: 'sound', maxBytes: 256 * MiB, contentTypes: typesFor(['sound']) },
} satisfies Record<string, ExpectedFile>;

/** The allowed files of this model. */
export function expectedFileOf({ delivers, limits }: Pick<ModelEntry, 'delivers' | 'limits'>): ExpectedFile {
  const expected = expectedFiles[delivers.split('/')[0] as keyof typeof expectedFiles];
  return limits.fileMiB === undefined ? expected : { ...expected, maxBytes: limits.fileMiB * MiB };
}

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
};

/** @param contentType as the catalogue's `delivers` says */
export function fileExtension(contentType: string): string {
  return extensions[contentType] ?? 'bin';
}
