import { open } from 'node:fs/promises';
import { basename } from 'node:path';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { demuxerFor, type FileKind, typesFor } from '../../../storage/media-formats.ts';
import { sniffedBytes, sniffMediaType, type MediaType } from '../../../storage/sniff.ts';

/** The kind of file that a caller expects. */
export type Expected = 'footage' | 'sound' | 'picture' | 'footage or sound';

export interface OpenedInput {
  readonly mediaType: MediaType;
  /** Options and `-i`, to be placed before the options of the output. They fit ffmpeg and ffprobe. */
  readonly args: readonly string[];
}

/**
 * Chooses the options that open a file: with the demuxer that its first bytes call for and no other, so that a
 * playlist under the name of a video is never followed, and with no protocol that leaves this machine.
 *
 * @throws BeatreelFailure `MediaToolFailed` naming what was expected and what the file starts with
 */
export async function openInput(file: string, expected: Expected): Promise<OpenedInput> {
  const firstBytes = await readFirstBytes(file);
  const mediaType = sniffMediaType(firstBytes);
  const demuxer = demuxerFor(mediaType, kinds[expected]);
  if (mediaType === undefined || demuxer === undefined) {
    throw new BeatreelFailure(
      'MediaToolFailed',
      `Could not open ${basename(file)} as ${expected}: expected one of ${typesFor(kinds[expected]).join(', ')}, ` +
        `found ${mediaType ?? describeBytes(firstBytes)}`,
    );
  }
  const limits = inputLimits(expected === 'picture' ? largestPictureBytes : largestAllocationBytes);
  return { mediaType, args: ['-f', demuxer, ...limits, '-i', fileAddress(file)] };
}

/** Makes a path unmistakable for ffmpeg: no name is taken for an option or for a protocol. */
export function fileAddress(file: string): string {
  return `file:${file}`;
}

/** The most memory in one piece: 8K in ten bits needs 100 MB a picture, and a file that wants more is a bomb. */
const largestAllocationBytes = 256 * 1024 * 1024;

/** 150 megapixels in four channels of 16 bits; their number is checked before. */
const largestPictureBytes = 1280 * 1024 * 1024;

function inputLimits(largestBytes: number): readonly string[] {
  return ['-protocol_whitelist', 'file,pipe,fd', '-max_alloc', String(largestBytes), '-threads', '2'];
}

const kinds: Readonly<Record<Expected, readonly FileKind[]>> = {
  footage: ['footage'],
  sound: ['sound'],
  'footage or sound': ['footage', 'sound'],
  picture: ['picture'],
};

async function readFirstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new BeatreelFailure('ArtifactMissing', `Could not open ${basename(file)}: it is not there`, {
      cause,
    });
  });
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(sniffedBytes), 0, sniffedBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  return `bytes of no known type (${Buffer.from(bytes.subarray(0, 12)).toString('hex')})`;
}
