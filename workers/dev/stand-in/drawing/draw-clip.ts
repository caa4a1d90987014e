import { writeFile } from 'node:fs/promises';
import { renderSvg } from './render-svg.ts';
import { createSeededRandom } from '../../../../domain/seeded-random.ts';
import { seedOf } from '../sha256.ts';
import { stillSvg } from './still-svg.ts';
import type { DrawingTools } from './draw-still.ts';
import type { ClipRequest, GivenPicture } from './render-request.ts';

/**
 * x264 close to `ultrafast`, with the few tools that halve the size for little time: six seconds of 1366x768 take
 * about 1.1 s on two cores (measured 2026-11-22).
 */
const videoCodec = [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26', '-pix_fmt', 'yuv420p', '-threads', '1'],
  ...['-x264-params', 'cabac=1:deblock=0,0:me=dia:subme=1'],
  // Tags match the conversion of the pictures; footage without tags would be read by its size alone.
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
];

/** Draws a clip that opens on the given first frame and moves into it, and writes it to `target` as MP4. */
export async function drawClip(request: ClipRequest, target: string, tools: DrawingTools): Promise<void> {
  const { framesPerSecond, frames, timescale, lastFrame } = request;
  const inputs = [...(await firstInput(request, tools))];
  if (lastFrame !== undefined) inputs.push(...(await pictureInput(lastFrame, `${tools.scratch}-last`)));
  const durationSeconds = frames / framesPerSecond;
  const sound = request.sound
    ? ['-map', '[sound]', '-c:a', 'aac', '-b:a', '128k', '-t', String(durationSeconds)]
    : ['-an'];
  await tools.ffmpeg.run([
    ...inputs,
    ...['-filter_threads', '1', '-filter_complex_threads', '1'],
    ...['-filter_complex', filterGraph(request)],
    ...['-map', '[picture]', ...sound, '-frames:v', String(frames), '-r', String(framesPerSecond)],
    ...videoCodec,
    ...['-video_track_timescale', String(timescale), '-movflags', '+faststart'],
    ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', '-map_metadata', '-1'],
    ...['-f', 'mp4', target],
  ]);
}

/** The opening picture. Without a first frame the clip opens on a still of its own words, as text-to-video does. */
async function firstInput(request: ClipRequest, tools: DrawingTools): Promise<string[]> {
  const path = `${tools.scratch}-first`;
  if (request.firstFrame !== undefined) return pictureInput(request.firstFrame, path);
  const { width, height, words, seed } = request;
  await writeFile(path, await renderSvg(stillSvg({ width, height, words, caption: '', seed })));
  return ['-f', 'png_pipe', '-i', path];
}

/** The demuxer is named, so that nothing in the bytes can choose another one. */
async function pictureInput({ bytes, format }: GivenPicture, path: string): Promise<string[]> {
  await writeFile(path, bytes);
  return ['-f', `${format}_pipe`, '-i', path];
}

function filterGraph(request: ClipRequest): string {
  const { frames, framesPerSecond, seed, lastFrame } = request;
  const random = createSeededRandom(seedOf(`${seed} motion`));
  const still = `scale=${request.width}:${request.height}:force_original_aspect_ratio=increase:flags=bicubic:out_color_matrix=bt709:out_range=tv,crop=${request.width}:${request.height},setsar=1`;
  const repeat = `loop=loop=${frames - 1}:size=1:start=0,setpts=N/${framesPerSecond}/TB,fps=${framesPerSecond}`;
  const motion = `perspective=eval=frame:${cameraCorners(frames, random)}`;
  const chains = [
    `[0:v]${still},format=yuv420p,${repeat},${motion}[${lastFrame === undefined ? 'picture' : 'moving'}]`,
  ];
  if (lastFrame !== undefined) {
    const start = Math.round(frames * 0.45);
    // One frame early, so that the very last frame is exactly the given one.
    const fade = `fade=t=in:start_frame=${start}:nb_frames=${frames - start - 1}:alpha=1`;
    chains.push(`[1:v]${still},format=yuva420p,${repeat},${fade}[ending]`);
    chains.push('[moving][ending]overlay=shortest=1,format=yuv420p[picture]');
  }
  if (request.sound) chains.push(soundscape(frames / framesPerSecond, random));
  return chains.join(';');
}

/**
 * A slow push into the picture; frame 1 shows all of it. It moves to the lower left, where a still has its words, so
 * that they stay in sight.
 */
function cameraCorners(frames: number, random: ReturnType<typeof createSeededRandom>): string {
  const depth = random.between(0.15, 0.2);
  const [left, bottom] = [random.between(0, 0.025), random.between(0, 0.025)];
  const [right, top] = [depth - left, depth - bottom];
  const progress = `(on-1)/${Math.max(1, frames - 1)}`;
  const share = (part: number): string => `${part.toFixed(4)}*${progress}`;
  const [x0, x1] = [`W*${share(left)}`, `W-W*${share(right)}`];
  const [y0, y1] = [`H*${share(top)}`, `H-H*${share(bottom)}`];
  return `x0='${x0}':y0='${y0}':x1='${x1}':y1='${y0}':x2='${x0}':y2='${y1}':x3='${x1}':y3='${y1}'`;
}

/** The clip's sound: wind, and a bell every two seconds. */
function soundscape(durationSeconds: number, random: ReturnType<typeof createSeededRandom>): string {
  const pitch = random.pick([392, 440, 523.25, 587.33]);
  const bell = `0.12*sin(2*PI*${pitch}*t)*exp(-3*mod(t\\,2))`;
  const noiseSeed = Math.floor(random.between(1, 1_000_000));
  return [
    `anoisesrc=color=pink:amplitude=0.08:seed=${noiseSeed}:sample_rate=48000:duration=${durationSeconds},lowpass=f=900[wind]`,
    `aevalsrc=${bell}:sample_rate=48000:duration=${durationSeconds}[bell]`,
    '[wind][bell]amix=inputs=2:normalize=0,aformat=sample_fmts=fltp:channel_layouts=stereo:sample_rates=48000[sound]',
  ].join(';');
}
