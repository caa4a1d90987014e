import type { FrameSize } from '../../../domain/frame-size.ts';
import type { VideoStream } from '../probe.ts';
import type { SourceColors } from './source-colors.ts';

/**
 * The filter that brings any source to the video's frame: size, square pixels, BT.709 in studio range, 8 bits.
 *
 * A source of nearly the same aspect fills the frame and loses a sliver of its longer side; any other is shown whole
 * between black bars.
 */
export function frameFilter(source: VideoStream, size: FrameSize, colors: SourceColors): string {
  return [
    ...colors.filters,
    ...fitFilters(source, size, colors),
    'setsar=1',
    'format=yuv420p',
    'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv',
  ].join(',');
}

/**
 * How much wider or narrower a source may be and still fill the frame. Covers what models call 16:9: 1366x768
 * (0.05 %), 864x480 (1.3 %) and wan's 832x480 (2.5 %: 13 of 1080 lines lost at either edge, rather than bars of 24 pixels).
 */
const aspectTolerance = 0.03;

function fitFilters(source: VideoStream, { width, height }: FrameSize, { matrix }: SourceColors): string[] {
  const sourceAspect = shownAspect(source);
  const aspect = width / height;
  const covers = Math.max(sourceAspect / aspect, aspect / sourceAspect) <= 1 + aspectTolerance;
  // The side that decides the scale is the one that fits exactly; the other follows the source.
  const fitsHeight = covers === sourceAspect > aspect;
  const scaled = fitsHeight
    ? { width: toEven(height * sourceAspect), height }
    : { width, height: toEven(width / sourceAspect) };
  const scale = `scale=${scaled.width}:${scaled.height}:flags=bicubic+accurate_rnd:in_color_matrix=${matrix}:out_color_matrix=bt709:out_range=tv`;
  if (scaled.width === width && scaled.height === height) return [scale];
  return [scale, covers ? `crop=${width}:${height}` : `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`];
}

/** Width to height as a player shows it. */
function shownAspect({ width, height, sampleAspectRatio, rotationDegrees }: VideoStream): number {
  const [across = 1, down = 1] = (sampleAspectRatio ?? '1:1').split(':').map(Number);
  const pixelAspect = across > 0 && down > 0 ? across / down : 1;
  const aspect = (width * pixelAspect) / height;
  return rotationDegrees % 180 === 0 ? aspect : 1 / aspect;
}

function toEven(pixels: number): number {
  return Math.max(2, 2 * Math.round(pixels / 2));
}
