import { framesPerSecond } from '../../../domain/chunks.ts';
import { fileAddress, openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { sampleRate, workEncoding } from '../video-format.ts';
import { exactLength } from './exact-length.ts';
import { measureLoudness, nearSilenceLufs } from './measure-loudness.ts';

export interface MixRequest extends MediaRun {
  /** The fitted score. */
  readonly score: string;
  /** The clips' own sound, laid out on the timeline. */
  readonly native: string;
  /** WAV, the caller's scratch file. */
  readonly output: string;
  readonly frameCount: number;
}

/**
 * Puts the score under the clips' own sound. Both are brought to matching levels, whatever their hosts delivered, and
 * the score is ducked while other sound is heard.
 */
export async function mixSound(tools: MediaTools, request: MixRequest): Promise<void> {
  const { score, native, output, frameCount, signal, onProgress } = request;
  const scoreGain = await gainTo(scoreLufs, score, { tools, signal });
  const nativeGain = await gainTo(nativeLufs, native, { tools, signal });
  const [scoreInput, nativeInput] = await Promise.all([
    openInput(score, 'sound'),
    openInput(native, 'sound'),
  ]);
  const whole = exactLength(frameCount);
  const longer = exactLength(frameCount + spareFrames);
  const graph = [
    `[0:a:0]aresample=${sampleRate},${soundFormat},${longer},volume=${scoreGain}dB[score]`,
    `[1:a:0]aresample=${sampleRate},${soundFormat},${longer},volume=${nativeGain}dB,asplit[native][key]`,
    `[score][key]sidechaincompress=${ducking}[ducked]`,
    `[ducked][native]amix=inputs=2:duration=longest:normalize=0,${whole}[mix]`,
  ].join(';');
  await runFfmpeg(tools, {
    task: 'mix the score with the sound of the clips',
    args: [
      ...[...scoreInput.args, ...nativeInput.args, '-filter_complex', graph, '-map', '[mix]'],
      ...[...workEncoding, fileAddress(output)],
    ],
    signal,
    onProgress,
  });
}

/** Levels relative to each other; the master sets the loudness of the sum. Speech leads by more than in an advert. */
const nativeLufs = -16;
const scoreLufs = -19;

/** About 12 dB under speech at {@link nativeLufs}; gone within half a second after it. */
const ducking = 'threshold=0.03:ratio=8:attack=20:release=400';

/** sidechaincompress of ffmpeg 7.0 loses up to half a second at the end of its inputs. */
const spareFrames = framesPerSecond;

const soundFormat = 'aformat=sample_fmts=flt:channel_layouts=stereo';

async function gainTo(
  targetLufs: number,
  input: string,
  { tools, signal }: MediaRun & { readonly tools: MediaTools },
): Promise<number> {
  const { integratedLufs = -Infinity } = await measureLoudness(tools, { input, signal });
  return integratedLufs < nearSilenceLufs ? 0 : Number((targetLufs - integratedLufs).toFixed(1));
}
