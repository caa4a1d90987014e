import { runTool } from '../ffmpeg/run-tool.ts';
import type { MediaTools } from '../media-tools.ts';
import type { VideoStream } from '../probe.ts';
import { type ColorMatrix, colorMatrixOf } from './color-matrix.ts';

/** The conversion of a source's colours to BT.601 or BT.709, which every screen shows. */
export interface SourceColors {
  /** Filters that run before all others. */
  readonly filters: readonly string[];
  /** The colour matrix after these filters. */
  readonly matrix: ColorMatrix;
  /** Whether high dynamic range could only be relabelled, because this ffmpeg has no zscale. */
  readonly isRelabelled: boolean;
}

/** Curves of high dynamic range: PQ, as HDR10 has it, and HLG. */
const highRange: ReadonlySet<string> = new Set(['smpte2084', 'arib-std-b67']);

/**
 * Maps high dynamic range to BT.709. Without mapping it comes out grey (a saturation of 23, and 92 when mapped;
 * measured 2026-11). An ffmpeg built without zscale cannot map it. The source's data on its mastering screen is
 * dropped, because it is no longer true.
 */
export async function sourceColors(tools: MediaTools, source: VideoStream): Promise<SourceColors> {
  const { colorTransfer = '' } = source;
  const leftOut = 'sidedata=mode=delete';
  const isHigh = highRange.has(colorTransfer);
  if (!isHigh || !(await hasZscale(tools)))
    return { filters: [leftOut], matrix: colorMatrixOf(source), isRelabelled: isHigh };
  return {
    isRelabelled: false,
    matrix: 'bt709',
    filters: [
      leftOut,
      `zscale=tin=${colorTransfer}:pin=bt2020:min=bt2020nc:t=linear:npl=100`,
      ...['format=gbrpf32le', 'zscale=p=bt709', 'tonemap=mobius:desat=0'],
      ...['zscale=t=bt709:m=bt709:r=tv', 'format=yuv420p'],
    ],
  };
}

const known = new Map<string, Promise<boolean>>();

/** Asks each program once. */
function hasZscale({ ffmpeg }: MediaTools): Promise<boolean> {
  const asked = known.get(ffmpeg) ?? askForZscale(ffmpeg);
  known.set(ffmpeg, asked);
  return asked;
}

async function askForZscale(program: string): Promise<boolean> {
  const { stdout } = await runTool({ program, args: ['-hide_banner', '-filters'], task: 'list filters' });
  return /\szscale\s/.test(stdout);
}
