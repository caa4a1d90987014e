import type { CountedPrediction } from '../../../workers/dev/stand-in/control/counters.ts';

/** The most predictions of one kind that were live at the host at once. */
export function mostAtOnce(
  predictions: readonly CountedPrediction[],
  kind: CountedPrediction['kind'],
): number {
  const changes = predictions
    .filter((prediction) => prediction.kind === kind)
    .flatMap(({ createdAtMs, finishedAtMs = Infinity }) => [
      { atMs: createdAtMs, by: 1 },
      { atMs: finishedAtMs, by: -1 },
    ])
    // At the same millisecond the end comes first, because it caused the next order.
    .sort((a, b) => a.atMs - b.atMs || a.by - b.by);
  let live = 0;
  let most = 0;
  for (const { by } of changes) {
    live += by;
    most = Math.max(most, live);
  }
  return most;
}
