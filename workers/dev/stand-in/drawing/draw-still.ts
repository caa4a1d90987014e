import { readFile, writeFile } from 'node:fs/promises';
import { renderSvg } from './render-svg.ts';
import { stillSvg } from './still-svg.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { GivenPicture, StillRequest } from './render-request.ts';

/** The tools of every drawing. */
export interface DrawingTools {
  readonly ffmpeg: Ffmpeg;
  /** Prefix for temporary files, unique to this drawing; they are removed by the caller. */
  readonly scratch: string;
}

/** Draws a still and writes it to `target`, in the requested format. */
export async function drawStill(request: StillRequest, target: string, tools: DrawingTools): Promise<void> {
  const { inset, ...rest } = request;
  const shown = inset === undefined ? undefined : await insetOf(inset, tools);
  const svg = stillSvg({ ...rest, inset: shown });
  const png = await renderSvg(svg);
  if (request.format === 'png') {
    await writeFile(target, png);
    return;
  }
  const source = `${tools.scratch}-still.png`;
  await writeFile(source, png);
  const codec =
    request.format === 'webp'
      ? ['-c:v', 'libwebp', '-quality', String(request.quality)]
      : ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', String(Math.round(31 - request.quality * 0.29))];
  await tools.ffmpeg.run(['-f', 'png_pipe', '-i', source, ...codec, '-f', 'image2', '-update', '1', target]);
}

/** Converts a picture for resvg, which shows PNG and JPEG but not WebP. */
async function insetOf(
  picture: GivenPicture,
  { ffmpeg, scratch }: DrawingTools,
): Promise<{ contentType: string; bytes: Uint8Array }> {
  if (picture.format !== 'webp') return { contentType: `image/${picture.format}`, bytes: picture.bytes };
  await writeFile(`${scratch}-inset.webp`, picture.bytes);
  const converted = `${scratch}-inset.png`;
  await ffmpeg.run(['-f', 'webp_pipe', '-i', `${scratch}-inset.webp`, '-update', '1', converted]);
  return { contentType: 'image/png', bytes: await readFile(converted) };
}
