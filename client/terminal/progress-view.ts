import type { VideoProgress } from '../../domain/progress.ts';
import { renderProgress } from '../cli/progress-bars.ts';
import { printable } from './printable.ts';
import { describeChanges } from '../cli/progress-lines.ts';

/** Shows the progress of a video. */
export interface ProgressView {
  /** Shows a new look at the video. */
  show(progress: VideoProgress): void;
  /** Shows one sentence beside the progress. */
  note(sentence: string): void;
  /** Leaves the last look on the screen. Safe to call again. */
  end(): void;
}

/** The target of the progress: `process.stderr`, or anything that takes text. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Creates a view: a redrawn bar per phase on a terminal, a line per change elsewhere. */
export function createProgressView(stream: ProgressStream): ProgressView {
  const isTerminal = stream.isTTY === true && process.env['TERM'] !== 'dumb';
  return isTerminal ? createBarView(stream) : createLineView(stream);
}

function createLineView(stream: ProgressStream): ProgressView {
  let before: VideoProgress | undefined;
  return {
    show(progress) {
      for (const line of describeChanges(before, progress)) stream.write(`${printable(line)}\n`);
      before = progress;
    },
    note(sentence) {
      stream.write(`${printable(sentence)}\n`);
    },
    end() {
      before = undefined;
    },
  };
}

function createBarView(stream: ProgressStream): ProgressView {
  let drawn: string[] = [];
  // Move up to the first drawn line, then clear to the end of the screen (ECMA-48: CUU, ED).
  const clear = () => (drawn.length === 0 ? '' : `\u001b[${drawn.length}A\u001b[0J`);
  const draw = (above: string, lines: string[]) => {
    stream.write(
      clear() + [above, ...lines].map((line) => (line === '' ? '' : `${printable(line)}\n`)).join(''),
    );
    drawn = lines;
  };
  return {
    show(progress) {
      draw('', renderProgress(progress, widthOf(stream)));
    },
    note(sentence) {
      draw(sentence, drawn);
    },
    end() {
      drawn = [];
    },
  };
}

/** Leaves the last column free, because some terminals wrap there; some report no columns at all. */
function widthOf({ columns = 0 }: ProgressStream): number {
  return columns === 0 ? 79 : Math.max(20, columns - 1);
}
