import { basename } from 'node:path';
import { z } from 'zod';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { openInput, type Expected } from './ffmpeg/open-input.ts';
import { runTool } from './ffmpeg/run-tool.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';

/** The picture track of a file. */
export interface VideoStream {
  readonly type: 'video';
  /** Its place in the file, 0-based, cover art and all other tracks counted. */
  readonly index: number;
  readonly codec: string;
  readonly profile: string | undefined;
  readonly level: number | undefined;
  /** As stored: before {@link rotationDegrees} and {@link sampleAspectRatio} are applied. */
  readonly width: number;
  readonly height: number;
  /** Clockwise turn a player applies: 0, 90, 180 or 270. */
  readonly rotationDegrees: number;
  readonly pixelFormat: string | undefined;
  /** Width to height of one pixel, such as `1:1`. Undefined when the file does not say. */
  readonly sampleAspectRatio: string | undefined;
  /** Frames a second, the average over the file. */
  readonly frameRate: number;
  /** Such as `1/24000`. */
  readonly timeBase: string;
  readonly frameCount: number | undefined;
  readonly colorSpace: string | undefined;
  readonly colorPrimaries: string | undefined;
  readonly colorTransfer: string | undefined;
  readonly colorRange: string | undefined;
  /** Hash of the codec's headers. Equal in files that may be joined by copying. */
  readonly extradataHash: string | undefined;
  /** When its first frame is shown, on the file's own clock. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

/** One sound track of a file. */
export interface AudioStream {
  readonly type: 'audio';
  readonly codec: string;
  readonly profile: string | undefined;
  /** Samples a second. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly timeBase: string;
  /** When its first sample is heard, on the file's own clock. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

export interface MediaProbe {
  /** The container's name as ffprobe gives it, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly format: string;
  readonly durationSeconds: number;
  /** Pictures and sounds only, in the file's order. Cover art is left out. */
  readonly streams: readonly (VideoStream | AudioStream)[];
}

export interface ProbeOptions extends MediaRun {
  /** Default `footage or sound`. */
  readonly expected?: Exclude<Expected, 'picture'>;
}

/**
 * Reads the streams of a local file. Frames are counted from the packets that are really there, not from the header.
 *
 * @throws BeatreelFailure `MediaToolFailed` naming what was expected; `ArtifactMissing` if there is no file
 */
export async function probeMedia(
  tools: MediaTools,
  file: string,
  { expected = 'footage or sound', signal }: ProbeOptions = {},
): Promise<MediaProbe> {
  const input = await openInput(file, expected);
  const { stdout } = await runTool({
    program: tools.ffprobe,
    args: ['-v', 'error', '-of', 'json', ...wanted, ...input.args],
    task: `read ${basename(file)} as ${expected}`,
    signal,
    stallAfterMs: tools.stallAfterMs,
  });
  const found = probeSchema.safeParse(parseJson(stdout));
  if (!found.success) {
    throw new BeatreelFailure(
      'MediaToolFailed',
      `Could not read ${basename(file)} as ${expected}: ffprobe spoke oddly`,
      {
        cause: found.error,
      },
    );
  }
  const format = found.data.format;
  return {
    format: format.format_name,
    durationSeconds: format.duration ?? 0,
    streams: found.data.streams.flatMap((stream) => toStream(stream, format.duration ?? 0)),
  };
}

/** @returns undefined for text that is not JSON, which the schema then refuses */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const wanted = ['-show_format', '-show_streams', '-count_packets', '-show_data_hash', 'sha256'] as const;

const number = z.coerce.number().optional().catch(undefined);
const word = z.string().optional().catch(undefined);

const streamSchema = z.object({
  index: z.number(),
  codec_type: word,
  codec_name: word,
  profile: word,
  level: number,
  width: number,
  height: number,
  pix_fmt: word,
  sample_aspect_ratio: word,
  avg_frame_rate: word,
  r_frame_rate: word,
  time_base: word,
  nb_read_packets: number,
  color_space: word,
  color_primaries: word,
  color_transfer: word,
  color_range: word,
  extradata_hash: word,
  start_time: number,
  duration: number,
  sample_rate: number,
  channels: number,
  disposition: z.object({ attached_pic: number }).optional(),
  side_data_list: z
    .array(z.object({ rotation: number }))
    .optional()
    .catch(undefined),
});

const probeSchema = z.object({
  format: z.object({ format_name: z.string(), duration: number }),
  streams: z.array(streamSchema),
});

type RawStream = z.infer<typeof streamSchema>;

function toStream(raw: RawStream, fileSeconds: number): (VideoStream | AudioStream)[] {
  const shared = {
    codec: raw.codec_name ?? 'unknown',
    profile: raw.profile,
    timeBase: raw.time_base ?? '',
    startSeconds: raw.start_time ?? 0,
    durationSeconds: raw.duration ?? fileSeconds,
  };
  if (raw.codec_type === 'audio') {
    return [{ type: 'audio', ...shared, sampleRate: raw.sample_rate ?? 0, channels: raw.channels ?? 0 }];
  }
  if (raw.codec_type !== 'video' || raw.disposition?.attached_pic === 1) return [];
  return [{ type: 'video', ...shared, ...toPicture(raw) }];
}

function toPicture(raw: RawStream) {
  const rotation = raw.side_data_list?.find((side) => side.rotation !== undefined)?.rotation ?? 0;
  return {
    index: raw.index,
    level: raw.level,
    width: raw.width ?? 0,
    height: raw.height ?? 0,
    // ffprobe counts counter-clockwise.
    rotationDegrees: ((-rotation % 360) + 360) % 360,
    pixelFormat: raw.pix_fmt,
    sampleAspectRatio: raw.sample_aspect_ratio,
    frameRate: toRate(raw.avg_frame_rate) ?? toRate(raw.r_frame_rate) ?? 0,
    frameCount: raw.nb_read_packets,
    colorSpace: raw.color_space,
    colorPrimaries: raw.color_primaries,
    colorTransfer: raw.color_transfer,
    colorRange: raw.color_range,
    extradataHash: raw.extradata_hash,
  };
}

function toRate(fraction = '0/0'): number | undefined {
  const [above = 0, below = 0] = fraction.split('/').map(Number);
  return above > 0 && below > 0 ? above / below : undefined;
}
