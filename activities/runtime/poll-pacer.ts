/** Says when to look at a prediction again. */
export interface PollPacer {
  /** @param elapsedMs since the prediction was first waited for @returns milliseconds to the next look */
  nextLookMs(predictionId: string, elapsedMs: number): number;
  /** The prediction has ended and is looked at no more. */
  forget(predictionId: string): void;
}

export interface PollPacerOptions {
  /** Looks a second that this worker may make in all. */
  readonly readsPerSecond: number;
  /** Default: `Math.random`. */
  readonly random?: () => number;
}

/** A look every 5 % of the time elapsed finds an end at most 5 % late. */
const share = 0.05;
/** A quarter of a second keeps the wait of a 4 s still under 5 % of it as well. */
const minimumMs = 250;
const maximumMs = 5_000;
/** A prediction that nobody asked about for that long is somebody else's now. */
const forgottenAfterMs = 120_000;

/**
 * Looks follow the age of the prediction, and are stretched when so many wait that they would pass `readsPerSecond`
 * (Replicate allows 3,000 reads a minute for one account, read 2026-11-22).
 */
export function createPollPacer({ readsPerSecond, random = Math.random }: PollPacerOptions): PollPacer {
  const lastLook = new Map<string, number>();
  return {
    nextLookMs: (predictionId, elapsedMs) => {
      const now = performance.now();
      lastLook.delete(predictionId);
      lastLook.set(predictionId, now);
      dropForgotten(lastLook, now);
      const byAge = Math.min(maximumMs, Math.max(minimumMs, elapsedMs * share));
      const byLoad = (lastLook.size / readsPerSecond) * 1000;
      return Math.max(byAge, byLoad) * (0.9 + 0.2 * random());
    },
    forget: (predictionId) => {
      lastLook.delete(predictionId);
    },
  };
}

/** The map is in order of the last look, oldest first. */
function dropForgotten(lastLook: Map<string, number>, now: number): void {
  for (const [id, at] of lastLook) {
    if (now - at < forgottenAfterMs) return;
    lastLook.delete(id);
  }
}
