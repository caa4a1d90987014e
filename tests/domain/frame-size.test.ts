import type { AspectRatio, Resolution } from '../../domain/brief.ts';
import { frameSizeOf } from '../../domain/frame-size.ts';

interface Sizing {
  readonly why: string;
  /** Short side of the brief's model. */
  readonly shortSide?: number;
  /** Short sides of the beats' own models; `undefined` for a beat without one. */
  readonly own?: readonly (number | undefined)[];
  readonly fallback?: number;
  readonly aspectRatio?: AspectRatio;
  readonly resolution?: Resolution;
  readonly size: string;
}

test.each<Sizing>([
  { why: 'as the model delivers it', shortSide: 768, size: '1366x768' },
  { why: 'the same said out loud', shortSide: 768, resolution: 'auto', size: '1366x768' },
  { why: 'upright', shortSide: 768, aspectRatio: '9:16', size: '768x1366' },
  { why: 'square', shortSide: 768, aspectRatio: '1:1', size: '768x768' },
  { why: 'small footage', shortSide: 480, size: '854x480' },
  { why: 'small and upright', shortSide: 480, aspectRatio: '9:16', size: '480x854' },
  { why: 'half as many lines', shortSide: 512, size: '910x512' },
  { why: '720p as delivered', shortSide: 720, size: '1280x720' },
  { why: 'a catalogue that does not say', size: '1920x1080' },
  { why: 'never larger than 1080p', shortSide: 2160, size: '1920x1080' },
  { why: 'larger where the brief asks', shortSide: 480, resolution: '1080p', size: '1920x1080' },
  { why: 'smaller where the brief asks', shortSide: 1080, resolution: '720p', size: '1280x720' },
  {
    why: 'upright as asked',
    shortSide: 768,
    resolution: '720p',
    aspectRatio: '9:16',
    size: '720x1280',
  },
  { why: 'one beat with a larger model', shortSide: 480, own: [undefined, 768], size: '1366x768' },
  { why: 'one beat with a smaller model', shortSide: 768, own: [480, undefined], size: '1366x768' },
  { why: 'every beat with a model of its own', shortSide: 1080, own: [480, 720], size: '1280x720' },
  { why: 'a model that is only tried after a failure', shortSide: 480, fallback: 1080, size: '854x480' },
])('$why: $size', ({ shortSide, own = [undefined], fallback, aspectRatio = '16:9', resolution, size }) => {
  const fallbacks = fallback === undefined ? {} : { fallbacks: [modelOf(fallback)] };
  const models = { clip: { ...modelOf(shortSide), ...fallbacks } };
  const beats = own.map((side) => (side === undefined ? {} : { models: { clip: modelOf(side) } }));
  const brief = { aspectRatio, models, ...(resolution === undefined ? {} : { resolution }) };

  const { width, height } = frameSizeOf({ brief, storyboard: { beats } });

  expect(`${width}x${height}`).toBe(size);
  expect([width % 2, height % 2]).toEqual([0, 0]);
});

function modelOf(shortSide: number | undefined) {
  const model = { name: 'clips', host: 'h', highestPriceUsd: 1, clipSeconds: 6 };
  return shortSide === undefined ? model : { ...model, shortSide };
}
