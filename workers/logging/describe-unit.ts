/** Where in a video an activity works, as its id says. Beats and chunks are 0-based. */
export interface UnitFields {
  readonly phase?: string;
  readonly beat?: number;
  readonly chunk?: number;
}

const phaseOf: Readonly<Record<string, string>> = {
  still: 'storyboard',
  chunk: 'chunks',
  clip: 'stitch',
  score: 'music',
};

/** @param activityId such as `chunk-03-01-t0-1a2b3c4d-await`; anything else describes nothing */
export function describeUnit(activityId: string): UnitFields {
  const match = /^(still|chunk|clip|score)(?:-(\d{2}))?(?:-(\d{2}))?-[a-z]/.exec(activityId);
  const [, word = '', beat, chunk] = match ?? [];
  const phase = phaseOf[word];
  if (phase === undefined) return {};
  return {
    phase,
    ...(beat === undefined ? {} : { beat: Number(beat) }),
    ...(chunk === undefined ? {} : { chunk: Number(chunk) }),
  };
}
