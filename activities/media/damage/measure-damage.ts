import { basename } from 'node:path';

import { openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import type { AudioStream, VideoStream } from '../probe.ts';
import { noDamage, type Damage } from './tolerated-damage.ts';

/** Shorter gaps are rounding: time stamps differ by a millisecond or two, and the shortest packet of sound lasts 20. */
const shortestHoleSeconds = 0.01;

/**
 * Decodes the pictures of a file past its damage, and counts missing frames and those that the decoder calls corrupt.
 * The decoder keeps the intact parts of a corrupt frame and takes the rest from the frame before.
 *
 * @param picture of the same file
 * @returns undefined when the very first frame is lost: nothing comes before it
 */
export async function measurePicture(
  tools: MediaTools,
  input: string,
  { picture, signal }: MediaRun & { readonly picture: VideoStream },
): Promise<Damage | undefined> {
  const decoded = await decode(tools, input, { map: `0:${picture.index}`, signal });
  const [first] = decoded.pieces;
  const isFromStart =
    first !== undefined &&
    Math.abs(first.startSeconds - picture.startSeconds) * Math.max(1, picture.frameRate) < 0.5;
  if (!isFromStart) return undefined;
  const missing = Math.max(0, (picture.frameCount ?? 0) - decoded.pieces.length);
  return { ...noDamage, frames: missing + decoded.corruptFrames };
}

/** Decodes the sound of a file past its damage, and adds up the gaps. @param sound of the same file */
export async function measureSound(
  tools: MediaTools,
  input: string,
  { sound, signal }: MediaRun & { readonly sound: AudioStream },
): Promise<Damage> {
  const { pieces } = await decode(tools, input, { map: '0:a:0', signal });
  const endSeconds = sound.startSeconds + sound.durationSeconds;
  let heardUntil = sound.startSeconds;
  let soundSeconds = 0;
  for (const { startSeconds, durationSeconds } of [
    ...pieces,
    { startSeconds: endSeconds, durationSeconds: 0 },
  ]) {
    const hole = startSeconds - heardUntil;
    if (hole > shortestHoleSeconds) soundSeconds += hole;
    heardUntil = Math.max(heardUntil, startSeconds + durationSeconds);
  }
  return { ...noDamage, soundSeconds };
}

/** A frame of the picture, or a stretch of sound, on the file's own clock. */
interface Piece {
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

async function decode(
  tools: MediaTools,
  input: string,
  { map, signal }: MediaRun & { readonly map: string },
): Promise<{ readonly pieces: readonly Piece[]; readonly corruptFrames: number }> {
  const { args } = await openInput(input, 'footage or sound');
  const { stdout, stderr } = await runFfmpeg(tools, {
    task: `look for damage in ${basename(input)}`,
    passesDamage: true,
    args: [...['-copyts', ...args, '-map', map, '-fps_mode', 'passthrough'], ...['-f', 'framecrc', 'pipe:1']],
    signal,
  });
  const [, above = '1', below = '1'] = /^#tb 0: (\d+)\/(\d+)$/m.exec(stdout) ?? [];
  const tick = Number(above) / Number(below);
  const pieces = [...stdout.matchAll(/^0, *-?\d+, *(-?\d+), *(\d+),/gm)].map(([, start, duration]) => ({
    startSeconds: Number(start) * tick,
    durationSeconds: Number(duration) * tick,
  }));
  return { pieces, corruptFrames: [...stderr.matchAll(/corrupt decoded frame/g)].length };
}
