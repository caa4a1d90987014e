/** A prediction that is waited for. */
export interface WaitedPrediction {
  readonly id: string;
  /** Name in the catalogue. */
  readonly model: string;
  /** Milliseconds since it was ordered. */
  readonly elapsedMs: number;
  /** Whether its host announces its end. Default: false. */
  readonly isAnnounced?: boolean;
}

/** Says when to look at a prediction again. */
export interface PollPacer {
  /** @returns milliseconds to the next look at a prediction that still runs */
  nextLookMs(waited: WaitedPrediction): number;
  /** Notes that a prediction has ended. @param tookMs its duration, where the host reports it */
  noteEnd(ended: Pick<WaitedPrediction, 'id' | 'model'>, tookMs: number | undefined): void;
}

export interface PollPacerOptions {
  /** Looks a second that this worker may make in all. */
  readonly readsPerSecond: number;
  /** The time between looks at an announced prediction, in milliseconds. Default: 30,000. */
  readonly safetyNetMs?: number;
  /** Default: `Math.random`. */
  readonly random?: () => number;
}

/** A look every 5 % of the time elapsed finds an end at most 5 % late. */
const share = 0.05;
const minimumMs = 250;
const maximumMs = 5_000;
/** The time between looks at an announced prediction, which only cover a lost message. */
const usualSafetyNetMs = 30_000;
/** A prediction not asked about for this long is another worker's now. */
const forgottenAfterMs = 120_000;
/** Remembered ends of one model: enough to show how they vary, few enough to follow changes. */
const rememberedEnds = 8;
/** The delay of a look after a remembered end, so that it also sees predictions that take slightly longer. */
const settlingMs = 30;
/**
 * How long looks are most frequent after a remembered end. The age of a prediction is up to a second too high, because
 * stores tell the time in whole seconds (RFC 9110, 5.6.7), and a host may begin a moment after it answered.
 */
const dueMs = 1_250;

/**
 * Times looks by the age of the prediction, and by the moments at which earlier ones of its model ended. When so many
 * wait that this would exceed `readsPerSecond`, looks are spread further (Replicate allows 3,000 reads a minute for one
 * account, read 2026-11-22).
 */
export function createPollPacer(options: PollPacerOptions): PollPacer {
  const { readsPerSecond, safetyNetMs = usualSafetyNetMs, random = Math.random } = options;
  const lastLook = new Map<string, number>();
  const ends = new Map<string, readonly number[]>();
  return {
    nextLookMs: ({ id, model, elapsedMs, isAnnounced = false }) => {
      const now = performance.now();
      lastLook.delete(id);
      lastLook.set(id, now);
      dropForgotten(lastLook, now);
      const jitter = 0.9 + 0.2 * random();
      const byLoad = (lastLook.size / readsPerSecond) * 1000 * jitter;
      if (isAnnounced) return Math.max(safetyNetMs * jitter, byLoad);
      const remembered = ends.get(model) ?? [];
      const byAge = isDue(remembered, elapsedMs)
        ? minimumMs
        : Math.min(maximumMs, Math.max(minimumMs, elapsedMs * share));
      const untilMs = Math.min(byAge * jitter, untilNextEnd(remembered, elapsedMs));
      return Math.max(untilMs, byLoad);
    },
    noteEnd: ({ id, model }, tookMs) => {
      lastLook.delete(id);
      if (tookMs === undefined) return;
      ends.set(model, [...(ends.get(model) ?? []), tookMs].slice(-rememberedEnds));
    },
  };
}

/** Whether a prediction of this age may end at any moment, judged by the ends of earlier ones. */
function isDue(ends: readonly number[], elapsedMs: number): boolean {
  return ends.some((tookMs) => elapsedMs >= tookMs && elapsedMs < tookMs + dueMs);
}

/** Milliseconds to the first remembered end that is ahead; infinite when none is. */
function untilNextEnd(ends: readonly number[], elapsedMs: number): number {
  // This look already covers an end that has just come.
  const ahead = ends.map((tookMs) => tookMs - elapsedMs).filter((untilMs) => untilMs > 0);
  return Math.min(...ahead) + settlingMs;
}

/** The map is in order of the last look, oldest first. */
function dropForgotten(lastLook: Map<string, number>, now: number): void {
  for (const [id, at] of lastLook) {
    if (now - at < forgottenAfterMs) return;
    lastLook.delete(id);
  }
}
