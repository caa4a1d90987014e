import { media, type Medium, rowOf } from '../../domain/media.ts';

/** Where in a video an activity works, as its id says. Beats and chunks are 0-based. */
export interface UnitFields {
  readonly phase?: string;
  readonly beat?: number;
  readonly chunk?: number;
}

const pattern = new RegExp(`^(${Object.keys(media).join('|')})(?:-(\\d{2}))?(?:-(\\d{2}))?-[a-z]`);

/** @param activityId such as `chunk-03-01-t0-1a2b3c4d-await`; anything else describes nothing */
export function describeUnit(activityId: string): UnitFields {
  const [, medium, beat, chunk] = pattern.exec(activityId) ?? [];
  if (medium === undefined) return {};
  const { phase } = rowOf(medium as Medium);
  return {
    phase,
    ...(beat === undefined ? {} : { beat: Number(beat) }),
    ...(chunk === undefined ? {} : { chunk: Number(chunk) }),
  };
}
