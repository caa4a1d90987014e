import type { VideoProgress } from '../../domain/progress.ts';
import { renderProgress } from '../cli/progress-bars.ts';
import { printable } from './printable.ts';
import { describeChanges } from '../cli/progress-lines.ts';

/** Shows a video being made. */
export interface ProgressView {
  /** Takes the next look at the video. */
  show(progress: VideoProgress): void;
  /** One sentence beside the progress. */
  note(sentence: string): void;
  /** Leaves the last look standing. May be called again. */
  end(): void;
}

/** Where progress is shown: `process.stderr`, or anything that takes text. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A bar per phase that is drawn anew on a terminal; elsewhere a line for every change. */
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
  // Up to the first line that was drawn, then clear to the end of the screen (ECMA-48: CUU, ED).
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

/** Some terminals wrap when the last column is written, and some say that they have no columns at all. */
function widthOf({ columns = 0 }: ProgressStream): number {
  return columns === 0 ? 79 : Math.max(20, columns - 1);
}
