/** Detects a program that makes no progress. */
export interface ProgressWatch {
  /** The program wrote something of its own. */
  readonly note: () => void;
  /** A line of ffmpeg's report, which comes every second; only changed figures count as progress. */
  readonly noteLine: (line: string) => void;
  readonly end: () => void;
}

const figures = new Set(['frame', 'out_time_us', 'total_size']);

/** @param onStall called once, after `stallAfterMs` without progress */
export function watchProgress(stallAfterMs: number, onStall: () => void): ProgressWatch {
  const timer = setTimeout(onStall, stallAfterMs);
  const last = new Map<string, string>();
  return {
    note: () => {
      timer.refresh();
    },
    noteLine: (line) => {
      const [name = '', value = ''] = line.split('=', 2);
      if (!figures.has(name) || last.get(name) === value) return;
      last.set(name, value);
      timer.refresh();
    },
    end: () => {
      clearTimeout(timer);
    },
  };
}
