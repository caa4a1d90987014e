import { textOf, valueOrDefault } from '../models/validate-input.ts';
import { clipFormatOf } from './clip-format.ts';
import { type PictureSize, sizeOfRatio, sizeOfShape } from './picture-size.ts';
import type { ModelDescription, ModelInput, OutputKind } from '../models/model-description.ts';
import type {
  ClipRequest,
  GivenPicture,
  RenderRequest,
  ScoreRequest,
  StillRequest,
} from './render-request.ts';

/** A prediction's input, with the pictures that it names already read. */
export interface RenderSubject {
  readonly model: ModelDescription;
  readonly input: ModelInput;
  readonly pictures: GivenPictures;
}

/** The pictures of an input by their part. */
export interface GivenPictures {
  /** The reference of a still, or the first frame of a clip. */
  readonly first?: GivenPicture;
  /** The last frame of a clip. */
  readonly last?: GivenPicture;
  /** The pictures of lists, in their order. A still shows the first. */
  readonly listed?: readonly GivenPicture[];
}

/** Fields that take lists of reference pictures. */
const listFields = ['image_input', 'input_images', 'reference_images'] as const;

/** Addresses of the reference pictures in an input's lists, by field, in their order. */
export function listedAddresses(input: ModelInput): Readonly<Record<string, readonly string[]>> {
  const listed = listFields.map((field) => [field, input[field]] as const);
  return Object.fromEntries(
    listed.filter((entry): entry is [(typeof listFields)[number], string[]] => Array.isArray(entry[1])),
  );
}

/** Addresses of the pictures an input names. */
export function pictureAddresses(input: ModelInput): { first?: string; last?: string } {
  const address = (names: readonly string[]): string | undefined =>
    names.map((name) => input[name]).find((value) => typeof value === 'string' && value !== '') as
      string | undefined;
  const first = address([
    'first_frame_image',
    'first_frame',
    'start_image',
    'input_image',
    'image_prompt',
    'image',
  ]);
  const last = address(['last_frame_image', 'last_frame', 'end_image']);
  return { first, last };
}

/** Plans the drawings of a prediction: one request per output, in order. */
export function planRenders(subject: RenderSubject): readonly RenderRequest[] {
  return plans[subject.model.kind](subject);
}

const plans: Readonly<Record<OutputKind, (subject: RenderSubject) => readonly RenderRequest[]>> = {
  still: planStills,
  clip: (subject) => [planClip(subject)],
  score: (subject) => [planScore(subject)],
};

function planStills(subject: RenderSubject): StillRequest[] {
  const value = (name: string): unknown => valueOrDefault(subject.model, subject.input, name);
  const count = Number(value('num_outputs') ?? value('n') ?? 1);
  return Array.from({ length: count }, (_, index) => planStill(subject, index));
}

function planStill({ model, input, pictures }: RenderSubject, index: number): StillRequest {
  const value = (name: string): unknown => valueOrDefault(model, input, name);
  const size = stillSize({ model, input, pictures });
  const seed = input['seed'] === undefined ? 'any' : `${Number(input['seed']) + index}`;
  return {
    kind: 'still',
    ...size,
    words: textOf(input, 'prompt'),
    caption: `stand-in · ${model.name} · seed ${seed} · ${size.width} × ${size.height}`,
    seed: `${model.name} ${textOf(input, 'prompt')} ${seed} ${input['seed'] === undefined ? index : ''}`,
    // MiniMax has no such field and makes JPEG.
    format: (value('output_format') ?? 'jpg') as StillRequest['format'],
    quality: Number(value('output_quality') ?? 90),
    inset: pictures.first ?? pictures.listed?.[0],
  };
}

function stillSize({ model, input, pictures }: RenderSubject): PictureSize {
  const value = (name: string): unknown => valueOrDefault(model, input, name);
  const ratio = String(value('aspect_ratio'));
  if (ratio === 'custom') {
    return { width: Number(input['width'] ?? 1024), height: Number(input['height'] ?? 1024) };
  }
  const shape = pictures.first ?? pictures.listed?.[0];
  if (ratio === 'match_input_image' && shape !== undefined) {
    return sizeOfRatio(`${shape.width}:${shape.height}`);
  }
  const { width, height } = sizeOfRatio(ratio);
  return value('megapixels') === '0.25' ? { width: width / 2, height: height / 2 } : { width, height };
}

function planClip({ model, input, pictures }: RenderSubject): ClipRequest {
  const { frames, framesPerSecond, timescale, sound, ...sides } = clipFormatOf(model, input);
  const ratio = textOf(input, 'aspect_ratio') || '16:9';
  const followsRatio = model.name.startsWith('google/');
  const shape = (followsRatio ? undefined : pictures.first) ?? sizeOfRatio(ratio);
  return {
    kind: 'clip',
    ...sizeOfShape(sides, shape),
    ...{ frames, framesPerSecond, timescale, sound },
    words: textOf(input, 'prompt'),
    seed: `${model.name} ${textOf(input, 'prompt')} ${String(input['seed'])}`,
    firstFrame: pictures.first,
    lastFrame: pictures.last,
  };
}

function planScore({ model, input }: RenderSubject): ScoreRequest {
  const value = (name: string): unknown => valueOrDefault(model, input, name);
  const lyrics = textOf(input, 'lyrics');
  const isMusicgen = model.name === 'meta/musicgen';
  const setting = (input['audio_setting'] ?? {}) as { readonly format?: unknown };
  const format = [setting.format, value('audio_format'), value('output_format')].find(isSoundFormat) ?? 'mp3';
  return {
    kind: 'score',
    // Without a duration the lyrics decide: a line of 40 letters lasts four seconds.
    durationSeconds: Number(value('duration') ?? Math.max(20, lyrics.length / 10)),
    sampleRate: isMusicgen ? 32_000 : Number(value('sample_rate') ?? 44_100),
    format: format === 'mp3' ? 'mp3' : 'wav',
    seed: `${model.name} ${textOf(input, 'prompt')} ${lyrics} ${String(input['seed'])}`,
  };
}

/** Whether a value names a sound format: MiniMax's `output_format` is the form of the answer instead. */
function isSoundFormat(value: unknown): boolean {
  return value === 'mp3' || value === 'wav' || value === 'pcm' || value === 'flac';
}
