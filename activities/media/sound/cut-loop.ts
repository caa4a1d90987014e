import { fileAddress, openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { sampleRate, workEncoding } from '../video-format.ts';

export interface LoopRequest extends MediaRun {
  /** WAV, 48 kHz. */
  readonly music: string;
  /** Samples of the music. */
  readonly available: number;
  /** WAV, the caller's scratch file. */
  readonly output: string;
}

export interface Loop {
  readonly file: string;
  /** Samples of the music before the loop takes over. */
  readonly introSamples: number;
}

const longestSeamSamples = 2 * sampleRate;

/**
 * Makes a piece of the music that can be repeated without end: it starts with the music's end fading into the
 * music's beginning, and its first sample continues its last.
 */
export async function cutLoop(tools: MediaTools, request: LoopRequest): Promise<Loop> {
  const { music, available, output, signal, onProgress } = request;
  const seam = Math.min(longestSeamSamples, Math.floor(available / 4));
  const introSamples = available - seam;
  const graph = [
    '[0:a:0]asplit=3[a][b][c]',
    `[a]atrim=start_sample=${introSamples},asetpts=N/SR/TB,afade=t=out:ns=${seam}:curve=qsin[end]`,
    `[b]atrim=end_sample=${seam},afade=t=in:ns=${seam}:curve=qsin[beginning]`,
    '[end][beginning]amix=inputs=2:duration=longest:normalize=0[seam]',
    `[c]atrim=start_sample=${seam}:end_sample=${introSamples},asetpts=N/SR/TB[rest]`,
    '[seam][rest]concat=n=2:v=0:a=1[loop]',
  ].join(';');
  const { args } = await openInput(music, 'sound');
  await runFfmpeg(tools, {
    task: 'make a loop of the score',
    args: [...args, '-filter_complex', graph, '-map', '[loop]', ...workEncoding, fileAddress(output)],
    signal,
    onProgress,
  });
  return { file: output, introSamples };
}
